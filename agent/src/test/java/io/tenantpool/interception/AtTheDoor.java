package io.tenantpool.interception;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whom instrumented classes call during each test, and how they come by their driver; afterwards
 * there is nobody.
 */
final class AtTheDoor implements BeforeEachCallback, AfterEachCallback {

  private final ConnectionBridge bridge;
  private @Nullable Driver given;
  private @Nullable Driver registered;

  private AtTheDoor(ConnectionBridge bridge) {
    this.bridge = bridge;
  }

  static AtTheDoor of(ConnectionBridge bridge) {
    return new AtTheDoor(bridge);
  }

  /** What {@link GivenDriver} passes on to. */
  AtTheDoor given(Driver driver) {
    given = driver;
    return this;
  }

  /** The {@link DriverManager} knows it. */
  AtTheDoor registered(Driver driver) {
    registered = driver;
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext test) throws SQLException {
    BridgeHolder.set(bridge);
    GivenDriver.is(given);
    if (registered != null) {
      DriverManager.registerDriver(registered);
    }
  }

  @Override
  public void afterEach(ExtensionContext test) throws SQLException {
    BridgeHolder.set(null);
    GivenDriver.is(null);
    if (registered != null) {
      DriverManager.deregisterDriver(registered);
    }
  }
}
