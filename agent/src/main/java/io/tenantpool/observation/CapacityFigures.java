package io.tenantpool.observation;

import io.tenantpool.observation.capacity.CapacityPoint;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the capacity curve. */
public final class CapacityFigures implements CompositeDataView {

  private final CapacityPoint point;
  private final String mark;

  CapacityFigures(CapacityPoint point, String mark) {
    this.point = point;
    this.mark = mark;
  }

  @Description("Connections that tenantpool.max-connections would allow")
  public int getCap() {
    return point.cap();
  }

  @Description("Part of the borrows that would have found a connection open, 0 to 1")
  public double getHitRate() {
    return point.hitRate();
  }

  @Description("Connections per second that would have been closed because of the cap")
  public double getEvictionsPerSecond() {
    return point.evictionsPerSecond();
  }

  @Description("Part of the borrows that would have waited, 0 to 1, estimated")
  public double getWaitRatio() {
    return point.waitRatio();
  }

  @Description("Mean wait of all borrows in microseconds, estimated")
  public double getWaitMicrosMean() {
    return point.waitNanos() / 1000;
  }

  @Description("Whether this is the current cap, the recommended one or both; otherwise empty")
  public String getMark() {
    return mark;
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of(
            "cap", getCap(),
            "hitRate", getHitRate(),
            "evictionsPerSecond", getEvictionsPerSecond(),
            "waitRatio", getWaitRatio(),
            "waitMicrosMean", getWaitMicrosMean(),
            "mark", getMark());
    try {
      return new CompositeDataSupport(DescribedRow.type(CapacityFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
