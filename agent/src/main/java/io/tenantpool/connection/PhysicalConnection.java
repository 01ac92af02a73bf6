package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One driver connection: one socket, one session of the server. Used by one owner at a time. */
public interface PhysicalConnection {

  /** The driver's own object. */
  Connection driverConnection();

  /** Whether an error said that the session is gone, or the application aborted or closed it. */
  boolean isBroken();

  /**
   * Whether a {@link #reset} can make this connection serve another borrower: it is not broken, its
   * database has a known reset, and nothing that leads to it was handed out.
   */
  boolean isReusable();

  /**
   * Whether nothing was asked of the driver since the connection was opened or last reset, so that
   * there is nothing to clean.
   */
  boolean isUntouched();

  /**
   * The application pool whose checkouts have used this session since it was opened or last reset;
   * null when it was none. Only that pool may be lent the session as it is.
   */
  @Nullable Origin origin();

  /**
   * Whether its application pool changed the driver's object for good while it set the connection
   * up, such as by registering a type: the pool itself may go on with it, and for anybody else it
   * is closed and replaced, although a {@link #reset} would succeed.
   */
  default boolean isChangedForGood() {
    return false;
  }

  /**
   * The number of the oldest connection of {@link #origin()} that has used this session; of no
   * meaning without an origin.
   */
  default long oldestUser() {
    return 0;
  }

  /**
   * What a login gives or allows has changed since this one: from now on {@link #reset} throws an
   * {@link OutdatedSessionException}. From any thread.
   */
  default void outdate() {}

  /** Whether what a login gives or allows has changed since this one, as far as is known. */
  default boolean isOutdated() {
    return false;
  }

  /**
   * A while has passed: the next {@link #reset} or {@link #isValid} looks whether a login would
   * still give this session. From any thread; no round trip.
   */
  default void lookAgain() {}

  /**
   * Whether the application has unwrapped an object that stands for this session, by which it may
   * remember what it has set there. Read while nobody has a lease.
   */
  default boolean isRemembered() {
    return false;
  }

  /**
   * What the driver threw in {@link #isValid}, {@link #abort} or {@link #close} that it does not
   * declare; null for nothing, and when it was asked for already.
   */
  default @Nullable Throwable takeFault() {
    return null;
  }

  /**
   * Asks the server for a sign of life; false when none came within {@code timeout}. Never throws.
   */
  boolean isValid(Duration timeout);

  /**
   * Makes the session and the driver's object indistinguishable from new ones.
   *
   * @throws OutdatedSessionException when a login would give something else now
   * @throws SQLException when that failed; the connection is then to be closed, in either case
   */
  void reset() throws SQLException;

  /**
   * Closes the socket at once, under whatever call another thread has inside: that call fails.
   * Never throws. {@link #close} is still to be called.
   */
  void abort();

  /**
   * Closes the socket; returns when the driver says it is closed. Never throws; a second call does
   * nothing.
   */
  void close();

  /**
   * How many connections the server allows an ordinary user altogether, asked of the server now;
   * empty for a database that cannot be asked.
   *
   * @throws SQLException when the question failed
   */
  OptionalInt serverLimit() throws SQLException;
}
