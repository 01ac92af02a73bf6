package io.tenantpool.benchmarks.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What an application does with a connection before it gives it back. Each checks whose it is. */
public enum UnitOfWork {

  /** One question. */
  SELECT {
    @Override
    void run(Connection connection, String database, RandomGenerator random) throws SQLException {
      read(connection, database, random);
    }
  },

  /** A question and a change, in one transaction. */
  TRANSACTION {
    @Override
    void run(Connection connection, String database, RandomGenerator random) throws SQLException {
      connection.setAutoCommit(false);
      read(connection, database, random);
      try (PreparedStatement write =
          connection.prepareStatement("UPDATE account SET amount = amount + 1 WHERE id = ?")) {
        write.setInt(1, 1 + random.nextInt(ACCOUNTS));
        if (write.executeUpdate() != 1) {
          throw new SQLException("nothing was changed");
        }
      }
      connection.commit();
    }
  };

  /** Rows of the table {@code account}, by number from 1. */
  public static final int ACCOUNTS = 1_000;

  abstract void run(Connection connection, String database, RandomGenerator random)
      throws SQLException;

  /** The name on the command line and in the CSV. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static UnitOfWork of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static void read(Connection connection, String database, RandomGenerator random)
      throws SQLException {
    try (PreparedStatement question =
        connection.prepareStatement(
            "SELECT amount, current_database() FROM account WHERE id = ?")) {
      question.setInt(1, 1 + random.nextInt(ACCOUNTS));
      try (ResultSet row = question.executeQuery()) {
        if (!row.next() || !row.getString(2).equals(database)) {
          throw new SQLException("not the answer of " + database);
        }
      }
    }
  }
}
