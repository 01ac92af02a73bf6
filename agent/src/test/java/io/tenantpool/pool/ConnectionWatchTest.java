package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.routing.TestRoutes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever watches hears of each connection's leases in their order, and of nothing unasked. */
class ConnectionWatchTest {

  private final List<String> told = new ArrayList<>();
  private final StubServer server = new StubServer();
  private boolean interested = true;

  private final class Recorder implements PoolListener, ConnectionWatch {

    @Override
    public ConnectionWatch watch() {
      return this;
    }

    @Override
    public @Nullable Borrowing borrowing() {
      told.add("asked");
      return interested ? new Lease() : null;
    }

    @Override
    public @Nullable Work opening() {
      return interested ? (label, ok) -> told.add("opened " + text(label) + " " + ok) : null;
    }

    @Override
    public @Nullable Work resetting() {
      return interested ? (label, ok) -> told.add("reset " + text(label) + " " + ok) : null;
    }

    @Override
    public void closed(ConnectionLabel connection, EvictionCause cause, long ageNanos) {
      told.add("closed " + text(connection) + " " + cause);
    }
  }

  private final class Lease implements ConnectionWatch.Borrowing {

    @Override
    public void lent(ConnectionLabel connection, boolean first) {
      told.add("lent " + text(connection) + (first ? " first" : ""));
    }

    @Override
    public void returned(ConnectionLabel connection, @Nullable EvictionCause unfit) {
      told.add("returned " + text(connection) + " " + unfit);
    }
  }

  private static String text(ConnectionLabel label) {
    return label.server() + " " + label.tenant() + " " + label.user() + " " + label.id();
  }

  private PoolManager manager() {
    return new PoolManager(TestSettings.budget(4), new ManualTicker(), new Recorder());
  }

  private io.tenantpool.connection.Lease borrow(PoolManager manager) throws SQLException {
    return manager.borrow(TestRoutes.route("a"), server.opener("a"));
  }

  @Test
  void aConnectionsLifeIsToldInItsOrder() throws Exception {
    try (PoolManager manager = manager()) {
      borrow(manager).end();
      io.tenantpool.connection.Lease second = borrow(manager);
      StubServer.Physical physical = (StubServer.Physical) second.physical();
      physical.broken = true;
      second.end();
      second.end();
    }
    assertEquals(
        List.of(
            "asked",
            "opened db:5432 a app 1 true",
            "lent db:5432 a app 1 first",
            "returned db:5432 a app 1 null",
            "asked",
            "reset db:5432 a app 1 true",
            "lent db:5432 a app 1",
            "returned db:5432 a app 1 BROKEN",
            "closed db:5432 a app 1 BROKEN"),
        told);
  }

  @Test
  void whatCannotBeOpenedIsSaid() {
    try (PoolManager manager = manager()) {
      server.onOpen =
          () -> {
            throw new SQLException("no", "08001");
          };
      assertThrows(SQLException.class, () -> borrow(manager));
    }
    assertEquals(List.of("asked", "opened db:5432 a app 1 false"), told);
  }

  @Test
  void whoeverIsNotInterestedHearsOfClosesAlone() throws Exception {
    interested = false;
    try (PoolManager manager = manager()) {
      io.tenantpool.connection.Lease lease = borrow(manager);
      interested = true;
      lease.end();
    }
    assertEquals(List.of("asked", "closed db:5432 a app 1 SHUTDOWN"), told);
  }
}
