package io.tenantpool.interception;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A pool as people write them. */
public class HandMadePool {

  private final Deque<Connection> idle = new ArrayDeque<>();
  private final TapedDriver driver;

  public HandMadePool(Object driver) {
    this.driver = (TapedDriver) driver;
  }

  /** Hands one out. */
  public Connection borrow() throws SQLException {
    return borrow(false);
  }

  /** Hands one out. */
  public Connection borrow(boolean readOnly) throws SQLException {
    Connection connection = idle.poll();
    if (connection == null) {
      connection = open();
      connection.createStatement().execute("SET x");
    }
    prepare(connection);
    connection.setReadOnly(readOnly);
    return connection;
  }

  private Connection open() throws SQLException {
    return driver.connect("jdbc:postgresql://db/acme", new Properties());
  }

  /** May be called at any time. */
  public void prepare(Connection connection) throws SQLException {
    connection.isValid(1);
  }

  /** Takes one back. */
  public void release(@Nullable Connection connection) throws SQLException {
    if (connection != null) {
      connection.rollback();
      idle.push(connection);
    }
  }

  /** Hands one out that tells nobody what it is. */
  public Object borrowUnseen() throws SQLException {
    return borrow();
  }

  /** Neither takes a connection back nor is it clear which one it would be. */
  public void releaseBoth(Connection one, Connection other) {
    idle.remove(one);
    idle.remove(other);
  }

  /** Only hands out. */
  public static class Source {

    public @Nullable Connection getConnection() {
      return null;
    }

    public int release(Connection connection) {
      return connection.hashCode();
    }
  }

  /** Only takes back. */
  public static class Sink {

    public void release(Connection connection) {
      Objects.requireNonNull(connection);
    }
  }
}
