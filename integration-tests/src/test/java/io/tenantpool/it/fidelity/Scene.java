package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What one case has to itself: an empty schema and connections that are closed behind it. */
final class Scene implements AutoCloseable {

  private final String url;
  private final List<Connection> opened = new ArrayList<>();

  /**
   * Empties the schema {@code fidelity} of the database.
   *
   * @param url with user and password, and with parameters: more can be added with {@code &}
   */
  Scene(String url) throws SQLException {
    this.url = url + "&currentSchema=fidelity";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS fidelity CASCADE");
      statement.execute("CREATE SCHEMA fidelity");
    }
  }

  /** The URL, to which parameters can be added with {@code &}. */
  String url() {
    return url;
  }

  /** A connection newly opened through {@link DriverManager}. */
  Connection open() throws SQLException {
    return open("");
  }

  /** The same with more URL parameters, such as {@code &prepareThreshold=1}. */
  Connection open(String moreParameters) throws SQLException {
    Connection connection = DriverManager.getConnection(url + moreParameters);
    opened.add(connection);
    return connection;
  }

  /** A new connection on which statements were run. */
  Connection openAfter(String... sql) throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
    return connection;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }
}
