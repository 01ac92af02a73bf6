package io.tenantpool.upkeep;

import java.util.Locale;

/** What part of the agent a fault is of, and so what it costs. */
public enum FaultKind {
  /** The agent, or part of it, could not start. */
  START(Cost.AGENT),

  /** A call of the application's driver or pool went on as without the agent. */
  CALL(Cost.AGENT),

  /** A class was left as it is. */
  INSTRUMENTATION(Cost.AGENT),

  /** A step of the pool failed; the pool goes on. */
  POOL(Cost.NOTHING_YET),

  /** A driver, or other code of the application, threw where it must not, such as at a close. */
  DRIVER(Cost.NOTHING_YET),

  /** A round of a thread of the agent failed, or the thread had to be started again. */
  THREAD(Cost.NOTHING_YET),

  /** MBeans, meters, notifications or the log failed; the pool is not affected. */
  OBSERVATION(Cost.OBSERVATION),

  /** A page failed, or nothing could be accepted. */
  HTTP(Cost.OBSERVATION),

  /** Lines of the audit are missing. */
  AUDIT(Cost.OBSERVATION);

  private enum Cost {
    AGENT,
    NOTHING_YET,
    OBSERVATION
  }

  private final Cost cost;

  FaultKind(Cost cost) {
    this.cost = cost;
  }

  /** Whether the driver went on without the agent. */
  public boolean isOfTheAgent() {
    return cost == Cost.AGENT;
  }

  /** Whether only what operators see is affected. */
  public boolean isOfObservation() {
    return cost == Cost.OBSERVATION;
  }

  /**
   * Whether nobody knows what the message of such a failure holds: an application's own code or a
   * driver may have written it, with a password in it.
   */
  boolean hasForeignMessage() {
    return this == CALL || this == DRIVER || this == POOL;
  }

  /** In small letters, as in the log and in meters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
