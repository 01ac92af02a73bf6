package io.tenantpool.config;

/**
 * Why a connection of the application shares no physical one, in an operator's words. Whatever the
 * agent does not pool has one of these: it is counted, and said once for each place.
 */
public enum NotPooled {
  /** No pattern of {@code tenantpool.urls} matches. */
  NOT_CONFIGURED(
      "no pattern of tenantpool.urls matches the URL",
      "add its pattern to tenantpool.urls if it is to be pooled"),
  /** A pattern of {@code tenantpool.exclude-urls} matches. */
  EXCLUDED(
      "a pattern of tenantpool.exclude-urls matches the URL",
      "take the pattern out of tenantpool.exclude-urls if it is to be pooled"),
  /**
   * The URL, or the properties given with it, cannot be understood, so nobody can tell with whom it
   * may share.
   */
  NOT_UNDERSTOOD(
      "from the URL and its properties the agent cannot tell where they lead",
      "write host, port, database and user into the URL or the properties"),
  /** The login is by Kerberos or SSPI: that of the calling thread, or of the process. */
  CALLER_IDENTITY(
      "the URL or a property asks for a login by Kerberos or SSPI: whose session it is depends on"
          + " the calling thread or the process",
      "take the named property away if the login is by password"),
  /** The driver reads the place from {@code pg_service.conf}. */
  SERVICE_FILE(
      "service= leaves it to a file where the URL leads",
      "write what the service file says into the URL"),
  /** A connection for two-phase transactions. */
  XA(
      "an XA connection: a transaction branch is tied to its session",
      "use a DataSource that is not XA where no two-phase commit is needed"),
  /** A driver was there before the agent. */
  OPENED_BEFORE_AGENT(
      "the driver was loaded before the agent: connections that it has opened by then stay as they"
          + " are",
      "start the JVM with -javaagent, or have the application pools make their connections anew"),
  /** {@code tenantpool.mode} says so. */
  MODE("tenantpool.mode is not pool", "set tenantpool.mode=pool"),
  /** The class loader of a driver or of a pool does not see the agent. */
  HIDDEN_FROM_LOADER(
      "its class loader does not show it the agent's classes, so it cannot be instrumented",
      "have the loader ask the boot loader for the package io.tenantpool.bootstrap"),
  /** A class file that could not be changed. */
  NOT_INSTRUMENTED(
      "its class could not be instrumented",
      "tell the maintainers of the agent which driver it is"),
  /** A DataSource that never calls its driver. */
  OTHER_WAY(
      "a DataSource that opens its connections past java.sql.Driver.connect",
      "have the application or its pool use the driver and a URL instead (HikariCP: jdbcUrl)"),
  /** Something went wrong inside the agent. */
  AGENT_FAULT(
      "the agent could not do it and left it to the driver",
      "see AgentFaults, and agent-fault in the log"),
  /** It is lent through the pool, but no other borrower can have it. */
  NO_RESET(
      "sessions of this driver cannot be made as new: each is closed when it comes back",
      "nothing: the cap holds, and each borrow is a connect"),
  /** The pool is known, but is never seen to lend its connections. */
  BENEATH_WRAPPER(
      "the application pool was never seen to lend a connection: each of them keeps a physical one"
          + " from its first use until it is closed",
      "wrap above the pool instead of beneath it; docs/pools.md"),
  /** A pool library of a known name and an unknown shape. */
  UNKNOWN_POOL(
      "a version of the pool library that the agent does not know: each of its connections keeps a"
          + " physical one while it is open",
      "use a version that docs/pools.md lists, or a smaller pool");

  private final String meaning;
  private final String advice;

  NotPooled(String meaning, String advice) {
    this.meaning = meaning;
    this.advice = advice;
  }

  /** What it means. */
  public String meaning() {
    return meaning;
  }

  /** What an operator can do, above all which setting there is. */
  public String advice() {
    return advice;
  }
}
