package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the door makes of a request in each mode. */
class ModeDoorTest {

  private static final String SERVER = "db:5432";
  private static final String URL = "jdbc:postgresql://db:5432/acme";

  private final PoolManager pool =
      new PoolManager(Settings.defaults(), Ticker.system(), new PoolListener() {});
  private final Faults faults = new Faults(System.err);
  private final ModeSwitch mode = new ModeSwitch(Mode.POOL);
  private final Redirect redirect =
      new Redirect(
          new Router(Settings.defaults(), System::nanoTime),
          pool,
          new LogicalConnections(),
          new Creations(),
          faults,
          mode);
  private final CountingDriver driver = new CountingDriver();

  @AfterEach
  void closePool() {
    pool.close();
  }

  private @Nullable Connection connect() throws Throwable {
    return (Connection) redirect.connect(driver, URL, new Properties());
  }

  private WatchedSnapshot watched() {
    return pool.watched(SERVER).get(0);
  }

  @Test
  void inOffTheDriverIsNotTouched() throws Throwable {
    mode.switchTo(Mode.OFF);
    assertNull(connect());
    assertEquals(0, driver.calls);
    assertEquals(List.of(), pool.servers());
  }

  @Test
  void inObserveTheDriverOpensAndItsConnectionIsWatched() throws Throwable {
    mode.switchTo(Mode.OBSERVE);
    Connection connection = connect();
    assertInstanceOf(Connection.class, connection);
    assertEquals(1, watched().held());
    assertEquals("acme", pool.watched(SERVER).get(1).tenant());
    assertEquals(0, pool.server(SERVER).orElseThrow().open());
    assertEquals(0, pool.server(SERVER).orElseThrow().bypassed());
    assertEquals(0, faults.count());
  }

  @Test
  void inObserveWhatTheDriverThrowsArrivesAsItIs() {
    mode.switchTo(Mode.OBSERVE);
    driver.failure = new SQLException("refused", "08001");
    assertSame(driver.failure, assertThrows(SQLException.class, this::connect));
    assertEquals(0, faults.count());
  }

  @Test
  void inObserveADriverThatAnswersNullIsLeftToDoThat() throws Throwable {
    mode.switchTo(Mode.OBSERVE);
    driver.answersNull = true;
    assertNull(connect());
    assertEquals(List.of(), pool.servers());
  }

  @Test
  void inObserveAConnectionThatCannotBeWatchedIsTheDriversOwnAndThatIsTold() throws Throwable {
    List<String> told = new ArrayList<>();
    Faults tellingFaults = Upkeep.faults(told);
    AtomicBoolean broken = new AtomicBoolean();
    Ticker clock =
        new Ticker() {
          @Override
          public long nanos() {
            if (broken.get()) {
              throw new IllegalStateException("on purpose");
            }
            return System.nanoTime();
          }

          @Override
          public long epochMillis() {
            return System.currentTimeMillis();
          }
        };
    Connection own = StubDriver.connection();
    StubDriver opening =
        new StubDriver() {
          @Override
          public Connection connect(String url, Properties info) {
            broken.set(true);
            return own;
          }
        };
    try (PoolManager watching =
        new PoolManager(Settings.defaults(), clock, new PoolListener() {})) {
      Redirect door =
          new Redirect(
              new Router(Settings.defaults(), System::nanoTime),
              watching,
              new LogicalConnections(),
              new Creations(),
              tellingFaults,
              new ModeSwitch(Mode.OBSERVE));
      assertSame(own, door.connect(opening, URL, new Properties()));
      broken.set(false);
    }
    assertEquals(List.of("could not watch a connection"), told);
    assertEquals(1, tellingFaults.count(FaultKind.CALL));
  }

  @Test
  void aRequestThatThePoolTurnsAwayGoesTheWayOfThePresentMode() throws Throwable {
    // As in the moment between the two halves of a switch.
    pool.pool(false);
    assertNull(connect());
    assertEquals(0, driver.calls);
    pool.pool(true);
    assertNotNull(connect());
    assertEquals(1, driver.calls);
  }

  private static final class CountingDriver extends StubDriver {

    private int calls;
    private boolean answersNull;
    private @Nullable SQLException failure;

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      calls++;
      if (failure != null) {
        throw failure;
      }
      return answersNull ? null : connection();
    }
  }
}
