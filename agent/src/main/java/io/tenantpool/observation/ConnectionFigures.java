package io.tenantpool.observation;

import java.util.Map;

/** The figures that servers and tenants have in common. */
public interface ConnectionFigures {

  @Description("Physical connections, those being opened, validated and closed included")
  @Unit("connections")
  int getOpen();

  @Description("Physical connections that the application is using")
  @Unit("connections")
  int getActive();

  @Description("Physical connections that are being opened; many for long: the server is silent")
  @Unit("connections")
  int getConnecting();

  @Description("Physical connections ready for the next borrow, or about to be after their reset")
  @Unit("connections")
  int getIdle();

  @Description("Threads in the waiting line")
  @Unit("threads")
  int getWaiting();

  @Description("The most connections in use at once since the start or the last resetPeaks")
  @Unit("connections")
  int getPeakActive();

  @Description("The most waiting threads at once since the start or the last resetPeaks")
  @Unit("threads")
  int getPeakWaiting();

  @Description("Borrows that succeeded")
  @Unit("borrows")
  long getBorrows();

  @Description("Mean time of all borrows that succeeded, waiting and connecting included")
  @Unit("µs")
  double getBorrowMicrosMean();

  @Description("Half of the borrows since first shown or the last resetPeaks took no longer")
  @Unit("µs")
  double getBorrowMicrosP50();

  @Description("99 % of the borrows since first shown or the last resetPeaks took no longer")
  @Unit("µs")
  double getBorrowMicrosP99();

  @Description("The longest borrow since the start or the last resetPeaks")
  @Unit("µs")
  double getBorrowMicrosMax();

  @Description("Part of the borrows that needed no connect, 0 to 1")
  @Unit("ratio")
  double getHitRate();

  @Description("Borrows that ended with tenantpool.acquire-timeout")
  @Unit("borrows")
  long getTimeouts();

  @Description(
      "How many connections a tenant is sure of, in its turn; of a server, where no limit says"
          + " anything else")
  @Unit("connections")
  int getShare();

  @Description(
      "How many connections a tenant may have at most; of a server, where no limit says anything"
          + " else")
  @Unit("connections")
  int getCap();

  @Description("Connections that tenants have above their shares; they go first when others come")
  @Unit("connections")
  int getAboveShare();

  @Description("Borrows that waited, by what for: a connection, the share, a reset, a connect")
  @Unit("borrows")
  Map<String, Long> getWaits();

  @Description("Mean time of those waits, by what for; borrows that did not wait do not count")
  @Unit("µs")
  Map<String, Double> getWaitMicrosMean();

  @Description(
      "Waits in vain for connections that were held, for the whole of the wait, by threads that did"
          + " nothing with them")
  @Unit("borrows")
  long getHoldAndWaits();

  @Description("Physical connections opened")
  @Unit("connections")
  long getOpens();

  @Description("Connects that failed")
  @Unit("connects")
  long getOpenFailures();

  @Description("Mean time of the connects that succeeded")
  @Unit("µs")
  double getConnectMicrosMean();

  @Description("Sessions made as clean as new")
  @Unit("resets")
  long getResets();

  @Description("Physical connections that the pool closed, by cause")
  @Unit("connections")
  Map<String, Long> getEvictions();

  @Description("Leases that could not end, or whose connection could not be reused, by cause")
  @Unit("pins")
  Map<String, Long> getPins();

  @Description("Closes every idle connection; returns how many")
  int evictIdle();
}
