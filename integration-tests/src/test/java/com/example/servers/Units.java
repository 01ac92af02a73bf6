package com.example.servers;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.sql.DataSource;

/**
 * One unit of work for each request. {@code java:comp/env/jdbc/shared<n>} and {@code jdbc/own<n>}
 * are the same data source of tenant n; of the first, all connections that a transaction asks for
 * are one.
 */
@WebServlet("/units")
public final class Units extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setContentType("text/plain");
    try {
      int tenant = Integer.parseInt(request.getParameter("tenant"));
      int number = Integer.parseInt(request.getParameter("number"));
      response.getWriter().print(answer(request.getParameter("kind"), tenant, number));
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static String answer(String kind, int tenant, int number) throws Exception {
    return switch (kind) {
      case "hold" -> hold(source("own", tenant), number);
      case "plain" -> plain(source("own", tenant), number);
      case "committed" -> inTransaction(source("shared", tenant), number, true);
      case "rolledback" -> inTransaction(source("shared", tenant), number, false);
      case "kept" -> afterTheTransaction(source("shared", tenant), number);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static DataSource source(String kind, int tenant) throws Exception {
    return (DataSource) lookup("java:comp/env/jdbc/" + kind + tenant);
  }

  // It is the server's own directory, and the server wrote the names.
  @SuppressWarnings("BanJNDI")
  private static Object lookup(String name) throws Exception {
    return new InitialContext().lookup(name);
  }

  /** Has so many connections of the pool out at once, and uses none. */
  private static String hold(DataSource source, int count) throws SQLException {
    List<Connection> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(source.getConnection());
      }
    } finally {
      for (Connection each : held) {
        each.close();
      }
    }
    return held.size() + " held";
  }

  private static String plain(DataSource source, int number) throws SQLException {
    try (Connection connection = source.getConnection()) {
      insert(connection, number);
      return describe(connection, number);
    }
  }

  /** Closes its connection before the transaction's end, and asks for another one. */
  private static String inTransaction(DataSource source, int number, boolean commits)
      throws Exception {
    UserTransaction transaction = (UserTransaction) lookup("java:comp/UserTransaction");
    transaction.begin();
    boolean done = false;
    try {
      try (Connection connection = source.getConnection()) {
        insert(connection, number);
      }
      String answer;
      try (Connection connection = source.getConnection()) {
        answer = describe(connection, number);
      }
      done = commits;
      return answer;
    } finally {
      if (done) {
        transaction.commit();
      } else {
        transaction.rollback();
      }
    }
  }

  /**
   * Goes on with a connection that it took in a transaction which is over, so that the server's
   * pool has it back: what a query answers, how many rows a statement has changed, its generated
   * key, and a variable of the session.
   */
  private static String afterTheTransaction(DataSource source, int number) throws Exception {
    UserTransaction transaction = (UserTransaction) lookup("java:comp/UserTransaction");
    transaction.begin();
    Connection kept = source.getConnection();
    try (Connection closedInTheEnd = kept) {
      insert(closedInTheEnd, number);
      transaction.commit();
      try (Statement statement = kept.createStatement()) {
        boolean isQuery = statement.execute("SELECT 42");
        ResultSet result = statement.getResultSet();
        String answer = isQuery + " " + (result != null && result.next() ? result.getInt(1) : -1);
        statement.execute("UPDATE units SET pid = pid WHERE number = " + number);
        answer += " " + statement.getUpdateCount();
        statement.execute(
            "UPDATE units SET pid = pid WHERE number = " + number, Statement.RETURN_GENERATED_KEYS);
        ResultSet key = statement.getGeneratedKeys();
        answer += " " + (key.next() && key.getInt(1) == number);
        statement.execute("SET shop.kept = 'by " + number + "'");
        statement.execute("SHOW shop.kept");
        ResultSet variable = statement.getResultSet();
        return answer + " " + (variable != null && variable.next() ? variable.getString(1) : null);
      }
    }
  }

  private static void insert(Connection connection, int number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO units VALUES (?, pg_backend_pid())")) {
      statement.setInt(1, number);
      statement.executeUpdate();
    }
  }

  /** The database, what the initial SQL has set, and how often the session sees the unit. */
  private static String describe(Connection connection, int number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT current_database() || ' ' || current_setting('lock_timeout') || ' '"
                + " || (SELECT count(*) FROM units WHERE number = ?)")) {
      statement.setInt(1, number);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
