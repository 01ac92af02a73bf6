package io.tenantpool.it.outages;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** One unit of work: ask for a connection, ask it something, give it back. */
final class Unit implements Runnable {

  private static final int FAMILY = 2;

  private final Way.Source source;
  private final int tenant;
  private final String database;
  private final long number;
  private final long begunNanos = System.nanoTime();
  private volatile long gotNanos;
  private volatile long endedNanos;
  private volatile String failure = "";
  private volatile boolean wrong;

  Unit(Way.Source source, int tenant, String database, long number) {
    this.source = source;
    this.tenant = tenant;
    this.database = database;
    this.number = number;
  }

  @Override
  public void run() {
    try (Connection connection = source.get(tenant)) {
      gotNanos = System.nanoTime();
      ask(connection);
    } catch (SQLException e) {
      failure = (gotNanos == 0 ? "get " : "ask ") + e.getClass().getSimpleName() + " " + family(e);
    } catch (RuntimeException | Error e) {
      failure = e.toString();
      throw e;
    } finally {
      endedNanos = System.nanoTime();
      if (gotNanos == 0) {
        gotNanos = endedNanos;
      }
    }
  }

  private void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_database(), " + number)) {
      wrong = !row.next() || !row.getString(1).equals(database) || row.getLong(2) != number;
    }
  }

  /** The first half of the SQLState: the kind of failure. */
  private static String family(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < FAMILY ? "-" : state.substring(0, FAMILY);
  }

  int tenant() {
    return tenant;
  }

  boolean isOver() {
    return endedNanos != 0;
  }

  boolean hasFailed() {
    return !isOver() || !failure.isEmpty();
  }

  boolean isWrong() {
    return wrong;
  }

  /** The call that failed, what was thrown, and its kind; empty when all went well. */
  String failure() {
    return failure;
  }

  boolean begunBetween(long fromNanos, long toNanos) {
    return begunNanos - fromNanos >= 0 && begunNanos - toNanos < 0;
  }

  /** How long it took to get a connection, or takes. */
  long getMillis() {
    return millis(gotNanos);
  }

  /** How long it took as a whole, or takes. */
  long millis() {
    return millis(endedNanos);
  }

  long endedNanos() {
    return endedNanos;
  }

  private long millis(long endNanos) {
    long end = endNanos == 0 ? System.nanoTime() : endNanos;
    return TimeUnit.NANOSECONDS.toMillis(end - begunNanos);
  }
}
