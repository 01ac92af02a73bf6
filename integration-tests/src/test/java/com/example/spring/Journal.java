package com.example.spring;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what happened, whatever becomes of the transaction in which it happened. */
public class Journal {

  private final JdbcTemplate jdbc;

  public Journal(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the session that wrote it. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public int write(int number) {
    jdbc.update("INSERT INTO journal (number) VALUES (?)", number);
    return Orders.session(jdbc);
  }
}
