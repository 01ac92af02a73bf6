package io.tenantpool.it.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a tenant's database holds after some work.
 *
 * @param balances of the accounts, in their order
 * @param entries lines of the journal
 * @param total the sum of their amounts
 */
record Books(List<Long> balances, long entries, long total) {

  /** What every account starts with. */
  static final long BALANCE = 1000;

  /** The tables of a tenant, and the row that says whose they are. */
  static final List<String> TABLES =
      List.of(
          "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)",
          "INSERT INTO account SELECT i, "
              + BALANCE
              + " FROM generate_series(0, "
              + (Unit.ACCOUNTS - 1)
              + ") i",
          "CREATE TABLE journal (id bigint GENERATED ALWAYS AS IDENTITY, amount bigint NOT NULL)",
          "CREATE TABLE marker (tenant text PRIMARY KEY)");

  /** The books of each tenant after the units below {@code units}, by arithmetic. */
  static List<Books> expected(int tenants, int units) {
    List<List<Long>> balances = new ArrayList<>();
    long[] entries = new long[tenants];
    long[] totals = new long[tenants];
    for (int i = 0; i < tenants; i++) {
      balances.add(new ArrayList<>(Collections.nCopies(Unit.ACCOUNTS, BALANCE)));
    }
    for (int number = 0; number < units; number++) {
      Unit unit = Unit.of(number, tenants);
      int tenant = unit.tenant();
      long amount = unit.amount();
      List<Long> accounts = balances.get(tenant);
      switch (unit.kind()) {
        case TRANSFER -> {
          accounts.set(unit.from(), accounts.get(unit.from()) - amount);
          accounts.set(unit.to(), accounts.get(unit.to()) + amount);
        }
        case DEPOSIT -> accounts.set(unit.to(), accounts.get(unit.to()) + amount);
        case BATCH -> {
          entries[tenant] += UnitOfWork.BATCH;
          totals[tenant] += UnitOfWork.BATCH * amount;
        }
        case NESTED -> {
          entries[tenant]++;
          totals[tenant] += amount;
          accounts.set(unit.to(), accounts.get(unit.to()) + amount);
        }
        case READS, CURSOR, UNDONE, FAILED, LEFT_TO_THE_POOL -> {}
      }
    }
    List<Books> books = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      books.add(new Books(balances.get(i), entries[i], totals[i]));
    }
    return books;
  }

  /** Reads a tenant's books and sets them back. */
  static Books take(Connection admin) throws SQLException {
    List<Long> balances = new ArrayList<>();
    try (Statement statement = admin.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT balance FROM account ORDER BY id")) {
        while (rows.next()) {
          balances.add(rows.getLong(1));
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT count(*), coalesce(sum(amount), 0) FROM journal")) {
        row.next();
        Books books = new Books(balances, row.getLong(1), row.getLong(2));
        statement.execute("UPDATE account SET balance = " + BALANCE);
        statement.execute("TRUNCATE journal");
        return books;
      }
    }
  }
}
