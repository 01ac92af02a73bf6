package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LoginAnswers;
import io.tenantpool.connection.LoginRefusedException;
import io.tenantpool.connection.Origin;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Account;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.TestRoutes;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With which credentials an application pool's connections log in again. */
class PoolLoginTest {

  private static final String URL = "jdbc:postgresql://db/acme";

  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final List<String> tried = new ArrayList<>();
  private final Creations creations = new Creations();
  private final PoolManager manager =
      new PoolManager(Settings.defaults(), new Impatient(), new PoolListener() {});
  private final LeftToDriver leftToDriver =
      new LeftToDriver(manager, new ModeSwitch(Mode.POOL), creations);
  private final Pool pool = new Pool();
  private final Origin origin = new Origin("HikariCP");
  private final PoolInstance instance =
      new PoolInstance(origin, new PoolQuestion(pool, "HikariCP", creations));
  private final StubDriver driver =
      new StubDriver() {
        @Override
        public Connection connect(String url, Properties info) throws SQLException {
          String password = info.getProperty("password");
          tried.add(password);
          if (!valid.contains(password)) {
            throw new SQLException("password authentication failed", "28P01");
          }
          return connection();
        }
      };

  /** A clock whose pauses are over at once. */
  private static final class Impatient implements Ticker {

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long epochMillis() {
      return 0;
    }

    @Override
    public void park(Object blocker, long nanos) {}
  }

  /** An application pool, as far as a question needs one. */
  private final class Pool {

    private String password = "old";
    private int asked;

    /** Found by its name. */
    @SuppressWarnings("unused")
    private Connection newConnection() throws SQLException {
      asked++;
      creations.enter(this, "HikariCP");
      try {
        CredentialProbe probe = Objects.requireNonNull(creations.current()).probe();
        throw Objects.requireNonNull(probe).note(route(password), opener(password));
      } finally {
        creations.leave();
      }
    }
  }

  /** It leads to the driver, and so to the loader of an application that may be undeployed. */
  @Test
  void whatAPoolHasPresentedIsForgottenWithItsLastConnection() throws SQLException {
    valid.add("old");
    WeakReference<RoutedSource> presented = presented();
    for (int i = 0; i < 1000 && presented.get() != null; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(presented.get());
    assertSame(origin, instance.origin());
  }

  private WeakReference<RoutedSource> presented() throws SQLException {
    RoutedSource source = instance.source(manager, route("old"), opener("old"));
    source.acquire(null).end();
    return new WeakReference<>(source);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Route.Pooled route(String password) {
    return TestRoutes.route("acme", "app", password);
  }

  private DriverOpener opener(String password) {
    Properties info = new Properties();
    info.setProperty("password", password);
    return new DriverOpener(
        driver,
        URL,
        info,
        "db:5432",
        leftToDriver,
        "",
        TestRoutes.route("acme").key().account(),
        new LoginAnswers(System::nanoTime));
  }

  private RoutedSource source(String password) {
    return instance.source(manager, route(password), opener(password));
  }

  /** Its sessions are gone. */
  private RoutedSource loggedInWith(String password) throws SQLException {
    valid.add(password);
    RoutedSource source = source(password);
    source.acquire(null).end();
    manager.evictIdle("db:5432");
    tried.clear();
    return source;
  }

  @Test
  void aConnectionLogsInWithTheNewestCredentialsOfItsPool() throws SQLException {
    RoutedSource old = loggedInWith("old");
    valid.clear();
    loggedInWith("new");
    old.acquire(origin).end();
    assertEquals(List.of("new"), tried);
  }

  @Test
  void whereTheLoginIsRefusedThePoolIsAskedForItsPresentPassword() throws SQLException {
    RoutedSource old = loggedInWith("old");
    valid.clear();
    valid.add("new");
    pool.password = "new";
    old.acquire(origin).end();
    assertEquals(List.of("old", "new"), tried);
    assertEquals(1, pool.asked);
    assertNull(creations.current());
    manager.evictIdle("db:5432");
    old.acquire(origin).end();
    assertEquals(List.of("old", "new", "new"), tried);
    assertEquals(1, pool.asked);
  }

  @Test
  void anotherPoolsPasswordIsNotUsed() throws SQLException {
    RoutedSource old = loggedInWith("old");
    valid.clear();
    valid.add("new");
    PoolInstance other =
        new PoolInstance(
            new Origin("HikariCP"), new PoolQuestion(new Object(), "HikariCP", creations));
    other.source(manager, route("new"), opener("new")).acquire(null).end();
    manager.evictIdle("db:5432");
    tried.clear();
    Thread.currentThread().interrupt();
    assertThrows(LoginRefusedException.class, () -> old.acquire(origin));
    assertEquals(true, Thread.interrupted());
    assertEquals(List.of("old"), tried);
  }

  @Test
  void aPoolThatHasNothingNewIsAskedAgainForAMomentAndThenNoMore() throws SQLException {
    RoutedSource old = loggedInWith("old");
    valid.clear();
    LoginRefusedException refused =
        assertThrows(LoginRefusedException.class, () -> old.acquire(origin));
    SQLException cause = assertInstanceOf(SQLException.class, refused.getCause());
    assertEquals("28P01", cause.getSQLState());
    assertEquals("08006", refused.getSQLState());
    assertEquals(List.of("old"), tried, "what was refused is not tried again");
    int asked = pool.asked;
    assertEquals(true, asked > 2, "asked " + asked);
    assertThrows(LoginRefusedException.class, () -> old.acquire(origin));
    assertEquals(asked + 1, pool.asked);
  }

  @Test
  void theFirstLoginFailsInTheDriversWords() {
    SQLException refused = assertThrows(SQLException.class, () -> source("wrong").acquire(null));
    assertEquals("28P01", refused.getSQLState());
    assertEquals(0, pool.asked);
  }

  @Test
  void oneMoreConnectionNeedsNoLoginWhileItsCredentialsAreProven() throws SQLException {
    valid.add("old");
    RoutedSource first = source("old");
    assertNull(first.ifProven());
    first.acquire(null).end();
    assertSame(first, source("old").ifProven());
    valid.add("new");
    assertNull(source("new").ifProven());
    source("new").acquire(null).end();
    assertNotNull(source("new").ifProven());
    assertNull(source("old").ifProven(), "put in doubt by the new one");
  }

  @Test
  void aPoolThatIsUnknownOrHasAnotherShapeAnswersNothing() {
    SQLException refusal = new SQLException("refused", "28P01");
    Account account = route("old").key().account();
    assertNull(new PoolQuestion(pool, "unknown", creations).ask(account, refusal));
    assertNull(new PoolQuestion(new Object(), "HikariCP", creations).ask(account, refusal));
    creations.enterProbe(new CredentialProbe(account, refusal));
    assertNull(new PoolQuestion(pool, "HikariCP", creations).ask(account, refusal));
    creations.leave();
    assertFalse(creations.isProbing());
  }

  @Test
  void aRequestForAnotherAccountIsNoAnswer() {
    CredentialProbe probe =
        new CredentialProbe(route("old").key().account(), new SQLException("refused"));
    assertFalse(probe.isAnswer(TestRoutes.route("vault")));
    assertEquals(true, probe.isAnswer(route("new")));
  }
}
