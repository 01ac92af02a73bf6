package io.tenantpool.observation;

import io.tenantpool.pool.WaitingThread;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the table of waiting threads. */
public final class WaiterFigures implements CompositeDataView {

  private final WaitingThread waiting;

  WaiterFigures(WaitingThread waiting) {
    this.waiting = waiting;
  }

  @Description("The tenant of whom it wants a connection")
  public String getTenant() {
    return waiting.tenant();
  }

  @Description("The thread that waits")
  public String getThread() {
    return waiting.thread();
  }

  @Description("For how many milliseconds it has waited")
  public long getWaitedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(waiting.waitedNanos());
  }

  /** The same on one line. */
  String inWords() {
    return getWaitedMillis() + " ms, tenant " + getTenant() + ", thread " + getThread();
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of("tenant", getTenant(), "thread", getThread(), "waitedMillis", getWaitedMillis());
    try {
      return new CompositeDataSupport(DescribedRow.type(WaiterFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
