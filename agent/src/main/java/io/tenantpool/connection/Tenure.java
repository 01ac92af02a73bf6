package io.tenantpool.connection;

/** The time during which a lease is somebody's. */
public class Tenure {

  /** Where to say that it was left. */
  public final Custody custody;

  /**
   * Whether its holder has left it without having been able to end it. From then on it is the
   * housekeeper's to end.
   */
  public volatile boolean isOver;

  /** A tenure that goes on. */
  public Tenure(Custody custody) {
    this.custody = custody;
  }
}
