package io.tenantpool.observation;

import java.util.Map;

/** The whole agent in JMX. */
@Description("Tenant Pool Agent: all servers together, and the settings in force")
public interface PoolManagerMXBean {

  @Description("Version of the agent")
  String getVersion();

  @Description(
      "tenantpool.mode: what is done with a new connection: pool (shares physical ones), observe"
          + " (changes nothing and measures) or off (leaves it to the driver)")
  String getMode();

  @Description("Names of the database servers seen so far")
  String[] getServers();

  @Description("Physical connections to all servers")
  @Unit("connections")
  int getOpen();

  @Description("Physical connections that the application is using")
  @Unit("connections")
  int getActive();

  @Description("Physical connections ready for the next borrow")
  @Unit("connections")
  int getIdle();

  @Description("Threads in the waiting lines")
  @Unit("threads")
  int getWaiting();

  @Description("Open connections that the agent does not pool, as far as it can tell")
  @Unit("connections")
  int getBypassed();

  @Description(
      "Connections that were opened and not pooled, and drivers and pools that could not be"
          + " instrumented, by reason, since the start")
  @Unit("sightings")
  Map<String, Long> getNotPooledByReason();

  @Description(
      "Where something is not pooled and what to set, the most frequent first; so many at most that"
          + " the rest is counted as \"other\"")
  @Unit("places")
  NotPooledFigures[] getNotPooledSites();

  @Description("Tenants seen so far")
  @Unit("tenants")
  int getTenants();

  @Description("Tenants that have a connection, are getting one or wait for one")
  @Unit("tenants")
  int getLiveTenants();

  @Description("Borrows that succeeded")
  @Unit("borrows")
  long getBorrows();

  @Description("Mean time of all borrows that succeeded, waiting and connecting included")
  @Unit("µs")
  double getBorrowMicrosMean();

  @Description("Part of the borrows that needed no connect, 0 to 1")
  @Unit("ratio")
  double getHitRate();

  @Description("Borrows that ended with tenantpool.acquire-timeout")
  @Unit("borrows")
  long getTimeouts();

  @Description("Physical connections opened")
  @Unit("connections")
  long getOpens();

  @Description("Connects that failed")
  @Unit("connects")
  long getOpenFailures();

  @Description("Physical connections that the pool closed, by cause")
  @Unit("connections")
  Map<String, Long> getEvictions();

  @Description("Faults of the agent after which the original driver ran")
  @Unit("faults")
  long getAgentFaults();

  @Description("Failures of MBeans, meters and log; the pool is not affected")
  @Unit("faults")
  long getObservationFaults();

  @Description(
      "All that went wrong inside the agent and was kept from the application, by kind; each one is"
          + " in the log as agent-fault")
  @Unit("faults")
  Map<String, Long> getFaultsByKind();

  @Description("Events that found no room on their way to MBeans, meters and log")
  @Unit("events")
  long getLostEvents();

  @Description("Borrow and lease times that are missing in percentiles and timers, not in counters")
  @Unit("samples")
  long getLostSamples();

  @Description("tenantpool.max-connections: the budget of each server")
  @Unit("connections")
  int getMaxConnections();

  @Description("tenantpool.reserved-connections: kept for tenantpool.system-urls")
  @Unit("connections")
  int getReservedConnections();

  @Description("tenantpool.max-connections-per-tenant")
  @Unit("connections")
  int getMaxConnectionsPerTenant();

  @Description("tenantpool.acquire-timeout")
  @Unit("ms")
  long getAcquireTimeoutMillis();

  @Description("tenantpool.max-idle-time")
  @Unit("ms")
  long getMaxIdleTimeMillis();

  @Description("tenantpool.max-lifetime")
  @Unit("ms")
  long getMaxLifetimeMillis();

  @Description("tenantpool.leak-detection-threshold; 0 for none")
  @Unit("ms")
  long getLeakDetectionThresholdMillis();

  @Description("tenantpool.log-level: off, error, warn, info, debug or trace")
  String getLogLevel();

  @Description(
      "Every setting: its value, where that comes from, whether changeSetting can change it")
  @Unit("settings")
  SettingFigures[] getSettings();

  @Description("The same as lines to read at a glance")
  @Unit("settings")
  String[] getSettingsInForce();

  void setMaxConnections(int connections);

  void setReservedConnections(int connections);

  void setMaxConnectionsPerTenant(int connections);

  void setAcquireTimeoutMillis(long millis);

  void setMaxIdleTimeMillis(long millis);

  void setMaxLifetimeMillis(long millis);

  void setLeakDetectionThresholdMillis(long millis);

  void setLogLevel(String level);

  void setMode(String mode);

  @Description(
      "Changes a setting for all servers until the JVM ends, after the checks of the start; fails"
          + " with every problem, and changes nothing then. Returns what was changed")
  String changeSetting(
      @Description("The setting, such as max-connections") String key,
      @Description("The value as in the configuration, such as 50 or 30s") String value);

  @Description("tenantpool.reset: when sessions are made as clean as new")
  String getReset();

  @Description(
      "A report to read: what the cap of each server is used for, and what others would do")
  String report();

  @Description("Sets peaks, longest borrows and percentiles of all servers back")
  void resetPeaks();
}
