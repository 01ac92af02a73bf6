package com.example.spring;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The orders of the current tenant. */
public class Orders {

  private final JdbcTemplate jdbc;
  private final Journal journal;

  public Orders(JdbcTemplate jdbc, Journal journal) {
    this.jdbc = jdbc;
    this.journal = journal;
  }

  static int session(JdbcTemplate jdbc) {
    return Objects.requireNonNull(
        jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class), "session");
  }

  /** An order of {@code number} pieces in three lines; every third order is refused at its end. */
  @Transactional
  public void place(int number) {
    int outer = session(jdbc);
    jdbc.update("INSERT INTO orders (number, pieces) VALUES (?, ?)", number, number);
    int inner = journal.write(number);
    if (inner == outer) {
      throw new IllegalStateException("two transactions at once on session " + inner);
    }
    jdbc.batchUpdate(
        "INSERT INTO line (orders, position) VALUES (?, ?)",
        List.of(new Object[] {number, 1}, new Object[] {number, 2}, new Object[] {number, 3}));
    if (session(jdbc) != outer) {
      throw new IllegalStateException("one transaction on two sessions");
    }
    if (number % 3 == 0) {
      throw new Refused();
    }
  }

  /** What has been ordered, read in a transaction of its own kind. */
  @Transactional(readOnly = true, isolation = Isolation.SERIALIZABLE)
  public Map<String, Object> summary() {
    return jdbc.queryForMap(
        """
        SELECT current_setting('transaction_isolation') AS isolation,
               current_setting('transaction_read_only') AS readonly,
               (SELECT count(*) FROM orders) AS orders,
               (SELECT sum(pieces) FROM orders) AS pieces,
               (SELECT count(*) FROM line) AS lines,
               (SELECT count(*) FROM journal) AS journal
        """);
  }

  /** Cannot work. */
  @Transactional(readOnly = true)
  public void writeThoughReadOnly() {
    jdbc.update("DELETE FROM orders");
  }

  /** Without a transaction. */
  public Map<String, Object> defaults() {
    return jdbc.queryForMap(
        """
        SELECT current_setting('transaction_isolation') AS isolation,
               current_setting('transaction_read_only') AS readonly
        """);
  }

  /** The shop does not take the order. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
