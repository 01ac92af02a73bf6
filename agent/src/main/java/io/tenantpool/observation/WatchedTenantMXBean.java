package io.tenantpool.observation;

import java.util.Map;

/** One tenant whose connections are watched, in JMX. */
@Description(
    "One tenant whose connections are the driver's own and only watched (mode observe); shown while"
        + " it holds some, and a minute longer")
public interface WatchedTenantMXBean {

  @Description("Connections open now")
  @Unit("connections")
  int getHeld();

  @Description("The most open at once since the start or the last resetPeaks")
  @Unit("connections")
  int getPeakHeld();

  @Description("Connections open on average, since the same moment")
  @Unit("connections")
  double getMeanHeld();

  @Description(
      "Of those open: running a statement, in a transaction or checked out of an application pool")
  @Unit("connections")
  int getBusy();

  @Description("The most busy at once since the start or the last resetPeaks")
  @Unit("connections")
  int getPeakBusy();

  @Description("Connections busy on average, since the same moment")
  @Unit("connections")
  double getMeanBusy();

  @Description("Of those open: in application pools, and not checked out")
  @Unit("connections")
  int getIdleInPools();

  @Description("Connections that the driver opened")
  @Unit("connections")
  long getOpens();

  @Description("Mean time of opening one")
  @Unit("µs")
  double getConnectMicrosMean();

  @Description("Leases that would have been pinned, by cause; PinSites of the server says where")
  @Unit("leases")
  Map<String, Long> getWouldPin();
}
