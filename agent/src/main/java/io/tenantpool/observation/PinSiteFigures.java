package io.tenantpool.observation;

import io.tenantpool.pool.PinSite;
import java.time.Instant;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the table of call sites. */
public final class PinSiteFigures implements CompositeDataView {

  private final PinSite pinned;

  PinSiteFigures(PinSite pinned) {
    this.pinned = pinned;
  }

  @Description("Why leases were pinned, one of the causes in Pins")
  public String getCause() {
    return pinned.cause().name();
  }

  @Description("The place in the application: class, method, file and line")
  public String getSite() {
    return pinned.site();
  }

  @Description("The tenant whose lease was the last")
  public String getTenant() {
    return pinned.tenant();
  }

  @Description("How many leases, since the start")
  public long getCount() {
    return pinned.count();
  }

  @Description("When the first was pinned, ISO 8601 in UTC")
  public String getFirst() {
    return Instant.ofEpochMilli(pinned.firstMillis()).toString();
  }

  @Description("When the last was pinned, ISO 8601 in UTC")
  public String getLast() {
    return Instant.ofEpochMilli(pinned.lastMillis()).toString();
  }

  @Description("What that does to the physical connection")
  public String getMeaning() {
    return pinned.cause().consequence();
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of(
            "cause", getCause(),
            "site", getSite(),
            "tenant", getTenant(),
            "count", getCount(),
            "first", getFirst(),
            "last", getLast(),
            "meaning", getMeaning());
    try {
      return new CompositeDataSupport(DescribedRow.type(PinSiteFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
