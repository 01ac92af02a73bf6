package io.tenantpool.bootstrap;

import java.net.Socket;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Properties;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;

/** What instrumented code calls: all that is added to a driver's class are calls of these. */
public final class DriverCalls {

  private DriverCalls() {}

  /**
   * A driver's {@code connect} was entered.
   *
   * @return what it shall return at once, or null to let it go on
   * @throws Throwable a {@code java.sql.SQLException} that the application is meant to see, or what
   *     the driver itself threw
   */
  public static Object connect(Object driver, String url, Properties info) throws Throwable {
    ConnectionBridge bridge = BridgeHolder.get();
    return bridge == null || PhysicalOpening.isUnderWay()
        ? null
        : bridge.connect(driver, url, info);
  }

  /** A driver's {@code connect} went on by itself and returns {@code connection}. Never throws. */
  public static void opened(Object connection, Object driver, String url, Properties info) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (connection != null && bridge != null && !PhysicalOpening.isUnderWay()) {
      bridge.opened(driver, url, info, connection);
    }
  }

  /** A driver has made {@code socket} on this thread, which it will connect. Never throws. */
  public static void socketMade(Socket socket) {
    ConnectionBridge bridge = BridgeHolder.get();
    if (socket != null && bridge != null) {
      bridge.socketMade(socket);
    }
  }

  /**
   * Stands where a driver calls {@link SecretKeyFactory#generateSecret} for a login.
   *
   * @throws InvalidKeySpecException as that does
   */
  public static SecretKey loginKey(SecretKeyFactory factory, KeySpec password)
      throws InvalidKeySpecException {
    ConnectionBridge bridge = BridgeHolder.get();
    return bridge == null ? factory.generateSecret(password) : bridge.loginKey(factory, password);
  }
}
