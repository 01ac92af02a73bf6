package io.tenantpool.bootstrap;

/** Holds the {@link ConnectionBridge} where instrumented code finds it. */
public final class BridgeHolder {

  private static volatile ConnectionBridge bridge;

  private BridgeHolder() {}

  /** The bridge, or null while there is none. */
  public static ConnectionBridge get() {
    return bridge;
  }

  /** Puts the agent behind the door. */
  public static void set(ConnectionBridge newBridge) {
    bridge = newBridge;
  }
}
