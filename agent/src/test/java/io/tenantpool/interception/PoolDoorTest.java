package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PooledSource;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the door makes of the calls of application pools. */
class PoolDoorTest {

  private static final String URL = "jdbc:postgresql://db:5432/acme";

  private final PoolManager pool =
      new PoolManager(Settings.defaults(), Ticker.system(), new PoolListener() {});
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Faults faults = new Faults(new PrintStream(said, true));
  private final Portables portables = new Portables();
  private final Redirect redirect =
      new Redirect(
          new Router(Settings.defaults(), System::nanoTime),
          pool,
          new LogicalConnections(),
          portables,
          new Creations(),
          faults,
          new ModeSwitch(Mode.POOL));
  private final TapedDriver driver = new TapedDriver(new Tape());

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void whatAPoolOpensIsSetUpUntilItsCreationIsLeft() throws Throwable {
    redirect.creating(this, "HikariCP");
    Object connection = open();
    redirect.lent(connection);
    redirect.returned(connection);
    assertEquals(List.of("open 1"), portables.calls);
    redirect.created();
    redirect.lent(connection);
    redirect.returned(connection);
    assertEquals(List.of("open 1", "set up 1", "lent 1", "returned 1"), portables.calls);
    assertEquals("HikariCP", portables.origins.get(0).library());
  }

  @Test
  void eachPoolInstanceIsAnOriginOfItsOwn() throws Throwable {
    for (Object creator : new Object[] {"one", "other", "one"}) {
      redirect.creating(creator, "HikariCP");
      open();
      redirect.created();
    }
    assertSame(portables.origins.get(0), portables.origins.get(2));
    assertNotSame(portables.origins.get(0), portables.origins.get(1));
  }

  @Test
  void theSetUpOfAPoolWrittenByHandEndsWithTheConnectionInUse() throws Throwable {
    String library =
        new NamedPools(List.of(HandMadePool.class.getName()), faults)
            .hooks(
                HandMadePool.class.getName().replace('.', '/'), ClassFiles.of(HandMadePool.class))
            .get(0)
            .library();
    redirect.creating(this, library);
    open();
    redirect.created();
    assertEquals(List.of("open 1", "set up 1", "lent 1"), portables.calls);
  }

  @Test
  void whatIsUnwrappedOutsideASetUpStandsForTheSession() throws Throwable {
    redirect.creating(this, "HikariCP");
    Object connection = open();
    assertSame(connection, redirect.unwrapped(connection));
    redirect.created();
    assertEquals("session of " + connection, redirect.unwrapped(connection));
    portables.failing = true;
    assertSame(connection, redirect.unwrapped(connection));
    assertTrue(said.toString().contains("which session"), said::toString);
  }

  @Test
  void aSetUpThatGoesOnEndsWhereItsMethodIsLeft() throws Throwable {
    redirect.creating(this, "GlassFish");
    Object connection = open();
    redirect.settingUp(connection);
    redirect.created();
    assertEquals(List.of("open 1"), portables.calls);
    redirect.created();
    redirect.settingUp(connection);
    redirect.lent(connection);
    redirect.created();
    redirect.settingUp(null);
    redirect.created();
    assertEquals(List.of("open 1", "set up 1", "resume 1", "set up 1"), portables.calls);
  }

  @Test
  void theSetUpOfAConnectionInUseDoesNotGoOn() throws Throwable {
    redirect.creating(this, "GlassFish");
    Object connection = open();
    redirect.created();
    portables.calls.clear();
    portables.resumable = false;
    redirect.settingUp(connection);
    redirect.created();
    assertEquals(List.of("resume 1"), portables.calls);
  }

  @Test
  void aConnectionThatIsOpenedWhileAnotherIsSetUpIsTheApplicationsOwn() throws Throwable {
    redirect.creating(this, "Agroal");
    Object connection = open();
    redirect.created();
    redirect.settingUp(connection);
    assertEquals(1, portables.opened.size());
    pool.close();
    assertThrows(SQLException.class, this::open);
    redirect.created();
    assertEquals(1, portables.opened.size());
  }

  @Test
  void aConnectionThatItsPoolWorksWithLaterIsBackAfterThat() throws Throwable {
    redirect.creating(this, "c3p0");
    Object connection = open();
    redirect.created();
    portables.calls.clear();
    redirect.worksLater(connection);
    redirect.returnedUnlessWork(connection);
    assertEquals(List.of(), portables.calls);
    redirect.returned(connection);
    redirect.returnedUnlessWork(connection);
    assertEquals(List.of("returned 1", "returned 1"), portables.calls);
  }

  @Test
  void whatIsOpenedInABypassIsTheDriversOwnAlsoWithinAPoolsCreation() throws Throwable {
    redirect.creating(this, "Agroal");
    redirect.creating("xa", null);
    assertNull(redirect.connect(driver, URL, new Properties()));
    redirect.created();
    open();
    redirect.created();
    assertEquals(List.of("open 1", "set up 1"), portables.calls);
    assertEquals(0, faults.count());
  }

  @Test
  void whatCannotBeToldIsAFaultOfTheAgentAndNotOfThePool() throws Throwable {
    redirect.creating(this, "HikariCP");
    Object connection = open();
    portables.failing = true;
    redirect.created();
    redirect.lent(connection);
    redirect.returned(connection);
    redirect.returned(connection);
    assertEquals(4, faults.count());
    assertEquals(3, said.toString().lines().count(), "each place once");
  }

  /** Whatever the door is asked, a fault inside is said and goes no further. */
  @Test
  void everyPlaceOfTheDoorSaysItsFaults() throws Throwable {
    List<String> told = new ArrayList<>();
    faults.tellTo(fault -> told.add(fault.place().what()));
    Object hostile =
        new Object() {
          @Override
          public int hashCode() {
            throw new StackOverflowError("on purpose");
          }
        };
    redirect.creating(this, "HikariCP");
    Object connection = open();
    portables.failing = true;
    redirect.created();
    redirect.lent(connection);
    redirect.used(connection);
    assertSame(connection, redirect.unwrapped(connection));
    redirect.settingUp(connection);
    redirect.created();
    redirect.worksLater(hostile);
    redirect.returnedUnlessWork(hostile);
    Properties broken =
        new Properties() {
          @Override
          public Set<String> stringPropertyNames() {
            throw new IllegalStateException("on purpose");
          }
        };
    assertNull(redirect.connect(driver, URL, broken));
    assertEquals(
        List.of(
            "could not note that a pool has created a connection",
            "could not note that a pool hands out a connection",
            "could not begin the lease of a connection that a pool uses",
            "could not tell which session a pool hands out",
            "could not note that a pool goes on with a set-up",
            "could not note that a pool will work with a connection",
            "could not tell whether a pool will work with a connection",
            "could not note that a pool has a connection back",
            "could not pool a connection, the driver opens it"),
        told);
  }

  @Test
  void aCreationThatCannotBeNotedIsSaidAndTheConnectionIsTheApplicationsOwn() throws Throwable {
    Creations full =
        new Creations(
            new ThreadLocal<>() {
              @Override
              public void set(Creation value) {
                throw new OutOfMemoryError("on purpose");
              }
            });
    Redirect door =
        new Redirect(
            new Router(Settings.defaults(), System::nanoTime),
            pool,
            new LogicalConnections(),
            portables,
            full,
            faults,
            new ModeSwitch(Mode.POOL));
    door.creating(this, "HikariCP");
    Connection connection =
        (Connection) Objects.requireNonNull(door.connect(driver, URL, new Properties()));
    door.created();
    connection.close();
    assertEquals(List.of(), portables.opened);
    assertEquals(1, faults.count(FaultKind.CALL));
    assertEquals(1, said.toString().lines().count(), said::toString);
    assertTrue(
        said.toString().contains("could not note that a pool creates a connection"),
        said::toString);
  }

  private Object open() throws Throwable {
    Object connection = Objects.requireNonNull(redirect.connect(driver, URL, new Properties()));
    assertEquals(true, connection instanceof Connection);
    return connection;
  }

  /** Numbers the connections and notes what is said of them. */
  private static final class Portables implements PortableConnections {

    private final List<String> calls = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Object> opened = new ArrayList<>();
    private boolean failing;
    private boolean resumable = true;

    @Override
    public Connection open(Origin origin, PooledSource source) {
      Connection connection = StubDriver.connection();
      origins.add(origin);
      opened.add(connection);
      note("open", connection);
      return connection;
    }

    @Override
    public boolean setUpResumed(Connection connection) {
      note("resume", connection);
      return resumable;
    }

    @Override
    public void setUpEnded(Connection connection) {
      note("set up", connection);
    }

    @Override
    public void lent(Object connection) {
      note("lent", connection);
    }

    @Override
    public void used(Object connection) {
      note("used", connection);
    }

    @Override
    public Object unwrapped(Object connection) {
      note("unwrapped", connection);
      return "session of " + connection;
    }

    @Override
    public void returned(Object connection) {
      note("returned", connection);
    }

    private void note(String what, Object connection) {
      if (failing) {
        throw new IllegalStateException(what);
      }
      calls.add(what + " " + (opened.indexOf(connection) + 1));
    }
  }
}
