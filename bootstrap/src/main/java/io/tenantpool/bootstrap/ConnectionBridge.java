package io.tenantpool.bootstrap;

import java.util.Properties;

/**
 * The one door from the application to the agent. Instrumented code calls it through {@link
 * BridgeHolder}; the agent's isolated part implements it. Types of {@code java.sql} stand as {@code
 * Object}, for the boot class loader does not see them.
 */
public interface ConnectionBridge {

  /**
   * An instrumented {@code java.sql.Driver#connect} was entered.
   *
   * @return a {@code java.sql.Connection} to return to the caller, or null to let the driver go on
   * @throws Throwable a {@code java.sql.SQLException} that the application is meant to see
   */
  Object connect(Object driver, String url, Properties info) throws Throwable;

  /**
   * The driver went on by itself and returned {@code connection}, a {@code java.sql.Connection}.
   * Never throws.
   */
  void opened(Object driver, String url, Properties info, Object connection);
}
