package io.tenantpool.observation;

/** One live tenant in JMX. */
@Description("One tenant of a database server; shown while it has connections or waits for one")
public interface TenantMXBean extends ConnectionFigures {

  @Description("The URL that was asked for last, without secrets")
  String getUrl();

  @Description("How many connections the tenant may have; the same as Cap")
  @Unit("connections")
  int getLimit();

  @Description("How many connections it has before anybody has more than that; 0 without a limit")
  @Unit("connections")
  int getMinimum();

  @Description("How much more than others it gets; 1 without a limit")
  @Unit("ratio")
  int getWeight();

  @Description("Whether it has a connection, is getting one or waits for one")
  boolean isLive();

  @Description(
      "CLOSED: whoever needs a connection connects; OPEN: connects have failed again and again, and"
          + " nobody connects until a pause is over; HALF_OPEN: one connects, the others wait for"
          + " what comes of it")
  String getCircuit();

  @Description("Borrows that were told what the connects of others had met")
  @Unit("borrows")
  long getUntried();

  @Description("When a connection was last borrowed or returned, ISO 8601 in UTC")
  String getLastUsed();

  @Description("When a connection was last borrowed or returned, since 1970-01-01 UTC")
  @Unit("ms")
  long getLastUsedMillis();

  @Description("Who has held a connection for the longest time, the longest first; 20 at most")
  @Unit("leases")
  HolderFigures[] getLongestHolders();

  @Description(
      "Closes the idle connections now and those in use when they come back; the next request may"
          + " open new ones")
  boolean closeTenant();
}
