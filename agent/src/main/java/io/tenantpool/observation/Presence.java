package io.tenantpool.observation;

/**
 * One server or tenant as operators see it: its MBeans, meters and borrow times. Belongs to the
 * observation thread.
 */
interface Presence {

  /** A borrow succeeded. */
  void borrowed(long nanos);

  /** A lease ended. */
  void returned(long nanos);

  /** A physical connection was opened. */
  void opened(long nanos);

  /** A borrow ended with the acquire timeout. */
  void timedOut();

  /** Forgets the borrow times so far. */
  void resetTimes();

  /** Takes everything away that operators see of it. */
  void close();

  /** Shows servers and tenants. */
  interface Stage {

    Presence server(String server);

    Presence tenant(String server, String tenant);
  }
}
