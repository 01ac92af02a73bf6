package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BypassedConnectionsTest {

  private final BypassedConnections bypassed = new BypassedConnections();

  /** What a connection does that is asked whether it is closed. */
  private interface Answer {
    boolean isClosed() throws Throwable;
  }

  private static Connection connection(Answer answer) {
    return (Connection)
        Proxy.newProxyInstance(
            BypassedConnectionsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> answer.isClosed());
  }

  @Test
  void whatIsNotClosedIsOpen() {
    Connection open = connection(() -> false);
    Connection closed = connection(() -> true);
    bypassed.add(open);
    bypassed.add(closed);
    assertEquals(1, bypassed.open());
    assertEquals(2, bypassed.opens());
    assertEquals(false, isClosed(open));
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {SQLException.class, IllegalStateException.class, LinkageError.class})
  void oneThatCannotEvenBeAskedIsClosed(Class<? extends Throwable> thrown) {
    Connection broken =
        connection(
            () -> {
              throw thrown.getDeclaredConstructor().newInstance();
            });
    bypassed.add(broken);
    assertEquals(1, bypassed.watched());
    assertEquals(0, bypassed.open());
    assertEquals(0, bypassed.watched());
  }
}
