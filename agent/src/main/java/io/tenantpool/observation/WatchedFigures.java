package io.tenantpool.observation;

import io.tenantpool.pool.WatchedSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import org.jspecify.annotations.Nullable;

/** One row about watched connections: those of a tenant, or of all. */
public final class WatchedFigures implements CompositeDataView {

  private static final int MOST_TENANTS = 100;

  private final WatchedSnapshot seen;

  WatchedFigures(WatchedSnapshot seen) {
    this.seen = seen;
  }

  static WatchedFigures[] rows(List<WatchedSnapshot> watched) {
    return Stream.concat(
            watched.stream().limit(1), tenantsByIdle(watched).stream().limit(MOST_TENANTS))
        .map(WatchedFigures::new)
        .toArray(WatchedFigures[]::new);
  }

  /** The row of the whole server, which comes first; null when nothing was watched. */
  static @Nullable WatchedSnapshot ofServer(List<WatchedSnapshot> watched) {
    return watched.isEmpty() ? null : watched.get(0);
  }

  /** The tenants, the one that held most idle first. */
  static List<WatchedSnapshot> tenantsByIdle(List<WatchedSnapshot> watched) {
    return watched.stream()
        .skip(1)
        .sorted(
            Comparator.comparingDouble(WatchedSnapshot::meanIdle)
                .reversed()
                .thenComparing(WatchedSnapshot::tenant))
        .toList();
  }

  @Description("The tenant's name; empty in the row of the whole server")
  public String getTenant() {
    return seen.tenant();
  }

  @Description("Connections that the driver opened")
  public long getOpens() {
    return seen.opens();
  }

  @Description("Mean time of opening one, in microseconds")
  public double getConnectMicrosMean() {
    return ConnectionCounts.micros(seen.openNanos(), seen.opens());
  }

  @Description("Connections open now")
  public int getHeld() {
    return seen.held();
  }

  @Description("The most open at once since the start or the last resetPeaks")
  public int getPeakHeld() {
    return seen.peakHeld();
  }

  @Description("Connections open on average, since the same moment")
  public double getMeanHeld() {
    return seen.meanHeld();
  }

  @Description(
      "Of those open: running a statement, in a transaction or checked out of an application pool")
  public int getBusy() {
    return seen.busy();
  }

  @Description("The most busy at once since the start or the last resetPeaks")
  public int getPeakBusy() {
    return seen.peakBusy();
  }

  @Description("Connections busy on average, since the same moment")
  public double getMeanBusy() {
    return seen.meanBusy();
  }

  @Description("Of those open: in application pools, and not checked out")
  public int getIdleInPools() {
    return seen.resting();
  }

  @Description("Leases that would have been pinned; PinSites says where")
  public long getWouldPin() {
    return seen.wouldPin().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.ofEntries(
            Map.entry("tenant", getTenant()),
            Map.entry("opens", getOpens()),
            Map.entry("connectMicrosMean", getConnectMicrosMean()),
            Map.entry("held", getHeld()),
            Map.entry("peakHeld", getPeakHeld()),
            Map.entry("meanHeld", getMeanHeld()),
            Map.entry("busy", getBusy()),
            Map.entry("peakBusy", getPeakBusy()),
            Map.entry("meanBusy", getMeanBusy()),
            Map.entry("idleInPools", getIdleInPools()),
            Map.entry("wouldPin", getWouldPin()));
    try {
      return new CompositeDataSupport(DescribedRow.type(WatchedFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
