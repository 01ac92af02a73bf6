package io.tenantpool.observation;

import java.util.Map;

/** One database server in JMX. */
@Description("One database server: what its budget is used for")
public interface ServerMXBean extends ConnectionFigures {

  @Description("The hard cap on connections, lowered to what the server allows")
  @Unit("connections")
  int getBudget();

  @Description(
      "The cap that was asked for: tenantpool.max-connections, unless changed here for this server")
  @Unit("connections")
  int getConfiguredBudget();

  void setConfiguredBudget(int connections);

  @Description("What the server says that it allows; 0 when that is not known, or not asked")
  @Unit("connections")
  int getAllowed();

  @Description(
      "What others who use the server leave, found out by refusals; 0 while there is no shortage")
  @Unit("connections")
  int getNeighboursLeave();

  @Description("Borrows that were refused a place in the waiting line, by cause, since the start")
  @Unit("borrows")
  Map<String, Long> getTurnedAway();

  @Description("The part of the budget that only tenantpool.system-urls may use")
  @Unit("connections")
  int getReserved();

  @Description("The share of each tenant; the same as Share")
  @Unit("connections")
  int getPerTenant();

  @Description("ELASTIC: beyond its share a tenant may have what nobody else wants; HARD: never")
  String getTenantCap();

  @Description(
      "LRU: the least recently used are victims; FREQUENCY: the rarest, while that is better")
  String getEvictionOrder();

  @Description("The order of victims in force now: FREQUENCY or LRU")
  String getEvictionOrderNow();

  @Description("Which of a tenant's idle connections a borrower gets: LIFO or FIFO")
  String getLendingOrder();

  @Description("What holds for some tenants, as in tenantpool.tenant-limits")
  String getTenantLimits();

  @Description("The most connections open at once since the start or the last resetPeaks")
  @Unit("connections")
  int getPeakOpen();

  @Description("Open connections that the agent does not pool, as far as it can tell")
  @Unit("connections")
  int getBypassed();

  @Description("Connections that went straight to the driver")
  @Unit("connections")
  long getBypassedOpens();

  @Description("Connections to this server that were not pooled, by reason, since the start")
  @Unit("connections")
  Map<String, Long> getNotPooledByReason();

  @Description(
      "CLOSED: whoever needs a connection connects; OPEN: connects have failed again and again, and"
          + " nobody connects until a pause is over; HALF_OPEN: one connects, the others wait for"
          + " what comes of it")
  String getCircuit();

  @Description("Connects that failed since the server last answered one")
  @Unit("connects")
  int getFailedInARow();

  @Description("How often the server's circuit has opened")
  @Unit("openings")
  long getCircuitOpenings();

  @Description("Tenants with a circuit of their own that is open")
  @Unit("tenants")
  int getTenantsShut();

  @Description("Borrows that were told what the connects of others had met")
  @Unit("borrows")
  long getUntried();

  @Description("How many may connect at once after an outage; 0 while there is no bound")
  @Unit("connections")
  int getConnectPlaces();

  @Description(
      "How many connects may be under way at once that take the place of another tenant's"
          + " connection")
  @Unit("connections")
  int getReplacementPlaces();

  @Description("Leases that took longer than tenantpool.leak-detection-threshold")
  @Unit("leases")
  long getLeaksSuspected();

  @Description("Tenants seen so far")
  @Unit("tenants")
  int getTenants();

  @Description("Tenants that have a connection, are getting one or wait for one")
  @Unit("tenants")
  int getLiveTenants();

  @Description(
      "Places in the application that pinned leases, the most frequent first; so many at most that"
          + " the rest is counted as \"other\"")
  @Unit("call sites")
  PinSiteFigures[] getPinSites();

  @Description("Who has held a connection for the longest time, the longest first; 20 at most")
  @Unit("leases")
  HolderFigures[] getLongestHolders();

  @Description("The threads that wait for a connection, the longest first; 100 at most")
  @Unit("threads")
  WaiterFigures[] getWaitingLine();

  @Description("LongestHolders as lines to read at a glance, without the stacks")
  @Unit("leases")
  String[] getLongestHoldersInWords();

  @Description("WaitingLine as lines to read at a glance")
  @Unit("threads")
  String[] getWaitingLineInWords();

  @Description(
      "Connections that are watched and not pooled (tenantpool.mode=observe): those of the whole"
          + " server, then those of the tenants that hold most idle")
  @Unit("tenants")
  WatchedFigures[] getWatched();

  @Description(
      "What the borrows since first shown or the last resetPeaks would have met under other caps,"
          + " were the least recently used always the victims; docs/capacity-planning.md")
  @Unit("caps")
  CapacityFigures[] getCapacityCurve();

  @Description(
      "The smallest cap under which hardly any borrow waits and few connect again, the reserve"
          + " included; 0 while there were too few borrows to tell")
  @Unit("connections")
  int getRecommendedMaxConnections();

  @Description(
      "Closes the tenant's idle connections now and those in use when they come back; false when"
          + " there is no such tenant")
  boolean closeTenant(@Description("The tenant's name") String tenant);

  @Description(
      "Closes the idle connections to a database now, whatever tenants they are of, and those in use"
          + " when they come back; returns how many were idle. For DROP DATABASE and the like from"
          + " outside of this JVM")
  int closeDatabase(@Description("The database's name, as URLs have it") String database);

  @Description(
      "Sets peaks, the longest borrow, the percentiles and the capacity curve back, peaks and"
          + " percentiles of tenants included")
  void resetPeaks();
}
