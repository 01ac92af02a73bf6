package io.tenantpool.it.pools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Does a {@link Unit} on a tenant's pool, as an application would. */
final class UnitOfWork {

  /** Entries of the journal that a batch writes. */
  static final int BATCH = 3;

  private static final int READS = 6;
  private static final String DUPLICATE_KEY = "23505";

  private final DataSource pool;
  private final String tenant;
  private final Unit unit;
  private final boolean autoCommit;
  private final boolean poolSetsAutoCommit;
  private final boolean poolRollsBack;

  UnitOfWork(
      DataSource pool,
      String tenant,
      Unit unit,
      boolean autoCommit,
      boolean poolSetsAutoCommit,
      boolean poolRollsBack) {
    this.pool = pool;
    this.tenant = tenant;
    this.unit = unit;
    this.autoCommit = autoCommit;
    this.poolSetsAutoCommit = poolSetsAutoCommit;
    this.poolRollsBack = poolRollsBack;
  }

  /** A row of another tenant. */
  static final class WrongTenantException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongTenantException(String wanted, String got) {
      super("a row of " + got + " instead of " + wanted);
    }
  }

  /** Does the unit with a connection of its own. */
  void run() throws SQLException {
    try (Connection connection = connection()) {
      checkTenant(connection);
      switch (unit.kind()) {
        case TRANSFER -> inTransaction(connection, this::transfer);
        case DEPOSIT -> add(connection, unit.to(), unit.amount());
        case READS -> read(connection);
        case CURSOR -> inTransaction(connection, UnitOfWork::fetch);
        case BATCH -> inTransaction(connection, this::batch);
        case NESTED -> inTransaction(connection, this::nest);
        case UNDONE -> undo(connection);
        case FAILED -> fail(connection);
        case LEFT_TO_THE_POOL -> {
          leave(connection);
          return;
        }
      }
      if (!autoCommit) {
        connection.commit();
      }
      checkTenant(connection);
      if (!autoCommit && !poolRollsBack) {
        connection.rollback();
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = pool.getConnection();
    if (!poolSetsAutoCommit) {
      connection.setAutoCommit(autoCommit);
    } else if (connection.getAutoCommit() != autoCommit) {
      connection.close();
      throw new IllegalStateException("autocommit is " + !autoCommit + " after the checkout");
    }
    return connection;
  }

  private void checkTenant(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT tenant, current_database() FROM marker");
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (!tenant.equals(row.getString(1)) || !tenant.equals(row.getString(2))) {
        throw new WrongTenantException(tenant, row.getString(1) + " in " + row.getString(2));
      }
    }
  }

  private void inTransaction(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      work.on(connection);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private void transfer(Connection connection) throws SQLException {
    // The lower account first: two transfers must not wait for each other.
    if (unit.from() < unit.to()) {
      add(connection, unit.from(), -unit.amount());
      add(connection, unit.to(), unit.amount());
    } else {
      add(connection, unit.to(), unit.amount());
      add(connection, unit.from(), -unit.amount());
    }
  }

  private static void add(Connection connection, int account, int amount) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?")) {
      statement.setInt(1, amount);
      statement.setInt(2, account);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no account " + account);
      }
    }
  }

  private void read(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, balance FROM account WHERE id = ?")) {
      for (int i = 0; i < READS; i++) {
        int account = (unit.from() + i) % Unit.ACCOUNTS;
        statement.setInt(1, account);
        try (ResultSet row = statement.executeQuery()) {
          if (!row.next() || row.getInt(1) != account) {
            throw new IllegalStateException("no account " + account);
          }
        }
      }
    }
  }

  private static void fetch(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM account ORDER BY id")) {
      statement.setFetchSize(7);
      try (ResultSet rows = statement.executeQuery()) {
        int account = 0;
        while (rows.next()) {
          if (rows.getInt(1) != account++) {
            throw new IllegalStateException("account " + rows.getInt(1) + " is out of order");
          }
        }
        if (account != Unit.ACCOUNTS) {
          throw new IllegalStateException(account + " accounts");
        }
      }
    }
  }

  private void batch(Connection connection) throws SQLException {
    try (PreparedStatement statement = journal(connection)) {
      for (int i = 0; i < BATCH; i++) {
        statement.setInt(1, unit.amount());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static PreparedStatement journal(Connection connection) throws SQLException {
    return connection.prepareStatement("INSERT INTO journal (amount) VALUES (?)");
  }

  private void enter(Connection connection) throws SQLException {
    try (PreparedStatement statement = journal(connection)) {
      statement.setInt(1, unit.amount());
      statement.executeUpdate();
    }
  }

  private void nest(Connection outer) throws SQLException {
    enter(outer);
    try (Connection inner = connection()) {
      checkTenant(inner);
      add(inner, unit.to(), unit.amount());
      if (!autoCommit) {
        inner.commit();
      }
    }
    checkTenant(outer);
  }

  private void undo(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    add(connection, unit.to(), unit.amount());
    enter(connection);
    connection.rollback();
    connection.setAutoCommit(autoCommit);
  }

  private void fail(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    add(connection, unit.to(), unit.amount());
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO marker VALUES (?)")) {
      statement.setString(1, tenant);
      statement.executeUpdate();
      throw new IllegalStateException("the marker of " + tenant + " was not there");
    } catch (SQLException e) {
      if (!DUPLICATE_KEY.equals(e.getSQLState())) {
        throw e;
      }
    }
    connection.rollback();
    connection.setAutoCommit(autoCommit);
  }

  private void leave(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    add(connection, unit.to(), unit.amount());
    if (!poolRollsBack) {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws SQLException;
  }
}
