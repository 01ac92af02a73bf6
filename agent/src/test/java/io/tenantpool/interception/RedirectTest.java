package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.bootstrap.PhysicalOpening;
import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.NotPooled;
import io.tenantpool.config.Settings;
import io.tenantpool.config.SettingsLoader;
import io.tenantpool.connection.Connecting;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedirectTest {

  private static final String URL = "jdbc:postgresql://db:5432/acme";

  private final Settings settings =
      SettingsLoader.load("urls=jdbc:postgresql:**,exclude-urls=jdbc:postgresql://db:5432/left");
  private final PoolManager pool =
      new PoolManager(settings, Ticker.system(), new PoolListener() {});
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Faults faults = new Faults(new PrintStream(said, true));
  private final ModeSwitch mode = new ModeSwitch(Mode.POOL);
  private final Redirect redirect =
      new Redirect(
          new Router(settings, System::nanoTime),
          pool,
          new LogicalConnections(),
          new Creations(),
          faults,
          mode);
  private final ScriptedDriver driver = new ScriptedDriver();
  private final Properties info = new Properties();

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void aPooledUrlIsOpenedByTheDriverItselfWithTheAdviceHeldOff() {
    driver.failure = new SQLException("refused", "08001");
    SQLException seen = assertThrows(SQLException.class, () -> redirect.connect(driver, URL, info));
    assertSame(driver.failure, seen);
    assertTrue(driver.wasHeldOff);
    assertFalse(PhysicalOpening.isUnderWay());
    assertEquals(0, faults.count());
  }

  @Test
  void whatTheDriverThrowsUnexpectedlyTravelsOnAndIsNoFaultOfTheAgent() {
    RuntimeException failure = new IllegalStateException("driver");
    driver.unexpected = failure;
    assertSame(
        failure, assertThrows(RuntimeException.class, () -> redirect.connect(driver, URL, info)));
    assertEquals(0, faults.count());
  }

  @Test
  void anExcludedUrlIsLeftToTheDriverAndCounted() throws Throwable {
    String excluded = "jdbc:postgresql://db:5432/left";
    assertNull(redirect.connect(driver, excluded, info));
    assertEquals(0, driver.calls);
    Connection opened = StubDriver.connection();
    redirect.opened(driver, excluded, info, opened);
    redirect.opened(driver, excluded, info, opened);
    assertEquals(1, pool.server("db:5432").orElseThrow().bypassed());
  }

  @Test
  void whatIsLeftToTheDriverIsCountedByItsReasonWithItsServer() throws Throwable {
    opensByItself("jdbc:postgresql://db:5432/left");
    opensByItself("jdbc:postgresql://db:5432/acme?jaasLogin=false");
    opensByItself("jdbc:postgresql://db:5432/acme?service=s");
    opensByItself("jdbc:h2:mem:x");
    assertEquals(
        Map.of(
            NotPooled.EXCLUDED, 1L,
            NotPooled.CALLER_IDENTITY, 1L,
            NotPooled.SERVICE_FILE, 1L,
            NotPooled.NOT_CONFIGURED, 1L),
        pool.unpooled().counts());
    assertEquals(
        Map.of(NotPooled.EXCLUDED, 1L, NotPooled.CALLER_IDENTITY, 1L),
        pool.unpooled().counts("db:5432"));
  }

  @Test
  void whileTheModeIsOffThatIsTheReason() throws Throwable {
    mode.switchTo(Mode.OFF);
    opensByItself(URL);
    assertEquals(Map.of(NotPooled.MODE, 1L), pool.unpooled().counts());
  }

  @Test
  void aFaultOfTheAgentIsAReasonToo() throws Throwable {
    opensByItself(URL);
    assertEquals(Map.of(NotPooled.AGENT_FAULT, 1L), pool.unpooled().counts());
  }

  @Test
  void ofDriversThatWrapOneAnotherTheInnermostIsCounted() throws Throwable {
    assertNull(redirect.connect(driver, "jdbc:spy:x", info));
    opensByItself("jdbc:postgresql://db:5432/left");
    redirect.opened(driver, "jdbc:spy:x", info, StubDriver.connection());
    assertEquals(Map.of(NotPooled.EXCLUDED, 1L), pool.unpooled().counts());
    opensByItself("jdbc:spy:x");
    assertEquals(
        Map.of(NotPooled.EXCLUDED, 1L, NotPooled.NOT_CONFIGURED, 1L), pool.unpooled().counts());
  }

  private void opensByItself(String url) throws Throwable {
    assertNull(redirect.connect(driver, url, info));
    redirect.opened(driver, url, info, StubDriver.connection());
  }

  @Test
  void aDriverThatDoesNotTakeTheUrlIsLeftToSayNo() throws Throwable {
    driver.takes = false;
    assertNull(redirect.connect(driver, URL, info));
    assertEquals(0, driver.calls);
  }

  @Test
  void aDriverThatTakesTheUrlButAnswersNullIsLeftToAnswerNull() throws Throwable {
    assertNull(redirect.connect(driver, URL, info));
    assertEquals(1, driver.calls);
    assertEquals(0, faults.count());
  }

  @Test
  void whatIsNoDriverIsLeftAlone() throws Throwable {
    assertNull(redirect.connect("no driver", URL, info));
    assertNull(redirect.connect(driver, null, info));
  }

  @Test
  void aFaultOfTheAgentLetsTheDriverRunAndIsSaidOnceWithoutItsMessage() throws Throwable {
    Properties broken =
        new Properties() {
          private static final long serialVersionUID = 1;

          @Override
          public Set<String> stringPropertyNames() {
            throw new IllegalStateException("password=secret");
          }
        };
    assertNull(redirect.connect(driver, URL, broken));
    assertNull(redirect.connect(driver, URL, broken));
    assertEquals(2, faults.count());
    assertEquals(1, said.toString().lines().count());
    assertFalse(said.toString().contains("secret"), said.toString());
  }

  @Test
  void aConnectionOfTheDriversThatCannotBeCountedIsSaidAndTheNextOneIsCounted() {
    Properties broken =
        new Properties() {
          private static final long serialVersionUID = 1;

          @Override
          public Set<Map.Entry<Object, Object>> entrySet() {
            throw new StackOverflowError("on purpose");
          }
        };
    redirect.opened(driver, URL, broken, StubDriver.connection());
    assertSaid("could not count a connection that is not pooled");
    redirect.opened(driver, URL, info, StubDriver.connection());
    assertEquals(Map.of(NotPooled.AGENT_FAULT, 1L), pool.unpooled().counts());
    assertEquals(1, faults.count());
  }

  @Test
  void aSocketThatCannotBeNotedIsSaidAndItsDriverGoesOn() {
    Socket hostile =
        new Socket() {
          @Override
          public void close() {
            throw new StackOverflowError("on purpose");
          }
        };
    SQLException refused = new SQLException("refused", "08001");
    Connecting connecting = new Connecting();
    PhysicalOpener opener =
        () -> {
          // What is made from now on is closed at once.
          connecting.end();
          redirect.socketMade(hostile);
          throw refused;
        };
    assertSame(refused, assertThrows(SQLException.class, () -> connecting.open(opener)));
    assertSaid("could not note the socket of a connect");
  }

  private void assertSaid(String what) {
    assertEquals(1, faults.count(FaultKind.CALL));
    assertEquals(1, said.toString().lines().count(), said::toString);
    assertTrue(said.toString().startsWith("tenant-pool-agent: " + what), said::toString);
  }

  @Test
  void thePropertiesAreCopiedWithTheirDefaultsBeforeAnybodyKeepsThem() {
    Properties defaults = new Properties();
    defaults.setProperty("user", "a");
    Properties given = new Properties(defaults);
    given.setProperty("password", "b");
    Properties copy = PropertiesCopy.of(given);
    given.setProperty("password", "c");
    assertEquals("a", copy.getProperty("user"));
    assertEquals("b", copy.getProperty("password"));
    assertNotEquals(given, copy);
  }

  private static final class ScriptedDriver extends StubDriver {

    private @Nullable SQLException failure;
    private @Nullable RuntimeException unexpected;
    private boolean takes = true;
    private boolean wasHeldOff;
    private int calls;

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      calls++;
      wasHeldOff = PhysicalOpening.isUnderWay();
      if (failure != null) {
        throw failure;
      }
      if (unexpected != null) {
        throw unexpected;
      }
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return takes && super.acceptsURL(url);
    }
  }
}
