package io.tenantpool.bootstrap;

import java.net.Socket;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Properties;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;

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

  /**
   * A driver has made a socket on this thread, be it for the agent or not. May close it; never
   * throws.
   */
  void socketMade(Socket socket);

  /**
   * A driver needs the key for a login that {@code factory} derives from a password, on this
   * thread.
   *
   * @return that key, derived now or before
   * @throws InvalidKeySpecException as the factory does
   */
  SecretKey loginKey(SecretKeyFactory factory, KeySpec password) throws InvalidKeySpecException;

  /**
   * The method of an application pool that creates a connection was entered on this thread. Never
   * throws, never blocks; the same holds for those that follow.
   *
   * @see PoolCalls#creating
   */
  void creating(Object pool, String library);

  /** A pool goes on with the set-up of {@code connection}, on this thread; null is nobody's. */
  void settingUp(Object connection);

  /** That method is left. Comes once for each of those two, on the same thread. */
  void created();

  /** A pool hands out {@code connection}, a {@code java.sql.Connection} as the driver gave it. */
  void lent(Object connection);

  /** A pool has taken {@code connection} back; nobody can borrow it yet. */
  void returned(Object connection);

  /** Of the checkout that begins, there will be work after {@link #returnedUnlessWork}. */
  void worksLater(Object connection);

  /**
   * The calling thread will wait for another one that uses {@code connection}. Waits for a physical
   * connection; never throws.
   */
  void used(Object connection);

  /**
   * A pool gives the application what it holds itself, {@code connection}.
   *
   * @return what the application is to get instead, of the same class or another one with the same
   *     interfaces. May wait for a physical connection; never throws
   */
  Object unwrapped(Object connection);

  /** As {@link #returned}, unless there was {@link #worksLater} since then. */
  void returnedUnlessWork(Object connection);
}
