package com.example.tills;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One tenant. Sales are added to a number in its database; what was confirmed has to be there, and
 * nothing that was never tried.
 */
final class Till {

  private final String database;
  private final Counter counter;
  private final boolean opensEachTime;
  private final AtomicInteger confirmed = new AtomicInteger();
  private final AtomicInteger tried = new AtomicInteger();

  /** Where the tenant's connections come from. */
  interface Counter {
    Connection open() throws SQLException;
  }

  /** {@code opensEachTime} when each of its connections has to be as new. */
  Till(String database, Counter counter, boolean opensEachTime) {
    this.database = database;
    this.counter = counter;
    this.opensEachTime = opensEachTime;
  }

  Connection open() throws SQLException {
    return counter.open();
  }

  /** Whether what is read is this tenant's own. */
  boolean look(int number) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT current_database(), " + number + ", current_setting('tills.mark', true)")) {
        boolean right =
            row.next()
                && row.getString(1).equals(database)
                && row.getInt(2) == number
                && (!opensEachTime || row.getString(3) == null || row.getString(3).isEmpty());
        if (!right) {
          return false;
        }
      }
      statement.execute("SET tills.mark = '" + database + "'");
      return true;
    }
  }

  void sell() throws SQLException {
    tried.incrementAndGet();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      if (statement.executeUpdate("UPDATE till SET sales = sales + 1") == 1) {
        confirmed.incrementAndGet();
      }
    }
  }

  /** A sale that is taken back. */
  void takeBack() throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE till SET sales = sales + 1000000");
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** How many sales are missing or too many. */
  int difference() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sales FROM till")) {
      row.next();
      int sales = row.getInt(1);
      return Math.max(0, confirmed.get() - sales) + Math.max(0, sales - tried.get());
    }
  }
}
