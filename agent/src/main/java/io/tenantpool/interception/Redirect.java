package io.tenantpool.interception;

import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.connection.Connecting;
import io.tenantpool.connection.Lease;
import io.tenantpool.connection.LeaseSource;
import io.tenantpool.connection.LogicalConnections;
import io.tenantpool.connection.LoginAnswers;
import io.tenantpool.connection.LoginKeys;
import io.tenantpool.pool.NotPoolingException;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.routing.Account;
import io.tenantpool.routing.ConnectionRequest;
import io.tenantpool.routing.Route;
import io.tenantpool.routing.Router;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.net.Socket;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * Answers an instrumented {@code connect}: with a pooled connection, or with null, and then the
 * driver goes on by itself. Two things leave this class towards the application: the {@link
 * SQLException} that it is meant to see, and what the driver itself threw. Everything else is a
 * fault of the agent and ends here.
 */
public final class Redirect implements ConnectionBridge {

  private final Router router;
  private final PoolManager pool;
  private final LogicalConnections logicalConnections;
  private final PortableConnections portableConnections;
  private final Creations creations;
  private final Faults faults;
  private final ModeSwitch mode;
  private final WatchedOpening watchedOpening;
  private final Origins origins;
  private final AcceptedUrls acceptedUrls = new AcceptedUrls();

  /** Lent connections that their pools will work with after they are back. */
  private final Set<Object> workedOnLater =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  /** Whether any pool ever said so: asking the set takes a lock that all returns would share. */
  private volatile boolean anyWorksLater;

  private final LeftToDriver leftToDriver;
  private final LoginKeys loginKeys;
  private final LoginAnswers loginAnswers = new LoginAnswers(System::nanoTime);

  /**
   * Sends requests through {@code router} to {@code pool}, as {@code mode} says at each of them.
   * {@code creations} may have begun before there was this door.
   */
  public Redirect(
      Router router,
      PoolManager pool,
      LogicalConnections logicalConnections,
      Creations creations,
      Faults faults,
      ModeSwitch mode) {
    this(
        router,
        pool,
        logicalConnections,
        PortableConnections.of(logicalConnections),
        creations,
        faults,
        mode);
  }

  Redirect(
      Router router,
      PoolManager pool,
      LogicalConnections logicalConnections,
      PortableConnections portableConnections,
      Creations creations,
      Faults faults,
      ModeSwitch mode) {
    this.router = router;
    this.pool = pool;
    this.logicalConnections = logicalConnections;
    this.portableConnections = portableConnections;
    this.creations = creations;
    this.origins = new Origins(creations);
    this.faults = faults;
    this.mode = mode;
    this.watchedOpening = new WatchedOpening(pool, faults);
    this.loginKeys = new LoginKeys(faults);
    this.leftToDriver = new LeftToDriver(pool, mode, creations);
  }

  @Override
  public @Nullable Object connect(Object driver, @Nullable String url, @Nullable Properties info)
      throws Throwable {
    Object connection = answer(driver, url, info);
    if (connection == null) {
      leftToDriver.begun();
    } else {
      leftToDriver.served();
    }
    return connection;
  }

  private @Nullable Object answer(Object driver, @Nullable String url, @Nullable Properties info)
      throws Throwable {
    if (!(driver instanceof Driver jdbcDriver) || url == null) {
      return null;
    }
    Mode now = mode.current();
    if (now == Mode.OFF || creations.isBypass()) {
      return null;
    }
    DriverOpener opener = null;
    try {
      Properties copy = info == null ? null : PropertiesCopy.of(info);
      if (!(route(driver, url, copy) instanceof Route.Pooled pooled)
          || !acceptedUrls.accepts(jdbcDriver, url)) {
        return null;
      }
      Account account = pooled.key().account();
      DriverOpener forThisRequest =
          new DriverOpener(
              jdbcDriver,
              url,
              copy,
              pooled.server(),
              leftToDriver,
              account.surroundings().timeZone(),
              account,
              loginAnswers);
      Creation creation = creations.current();
      CredentialProbe probe = creation == null ? null : creation.probe();
      if (probe != null && probe.isAnswer(pooled)) {
        throw probe.note(pooled, forThisRequest);
      }
      opener = forThisRequest;
      return open(pooled, forThisRequest, now, creation);
    } catch (SQLException forTheApplication) {
      if (opener != null && opener.declined()) {
        return null;
      }
      throw forTheApplication;
    } catch (Throwable fault) {
      if (fault instanceof VirtualMachineError || (opener != null && opener.threw(fault))) {
        // No stack, no memory: that is no fault of the agent, and the driver would have had no
        // more.
        throw fault;
      }
      faults.report(FaultKind.CALL, "could not pool a connection, the driver opens it", fault);
      return null;
    }
  }

  /**
   * For the pool that this thread is creating a connection for, else for the application; null when
   * the driver is to go on by itself.
   */
  private @Nullable Connection open(
      Route.Pooled pooled, DriverOpener opener, Mode now, @Nullable Creation creation)
      throws SQLException {
    Object creator = creation == null ? null : creation.pool();
    PoolInstance instance =
        creation == null || creator == null ? null : origins.of(creator, creation.library());
    Connection connection;
    if (now == Mode.OBSERVE) {
      connection = watchedOpening.open(pooled, opener, instance == null ? null : instance.origin());
    } else if (instance != null) {
      connection =
          portableConnections.open(instance.origin(), instance.source(pool, pooled, opener));
    } else {
      connection = lend(pooled, opener);
    }
    if (creation != null && instance != null && connection != null) {
      creation.add(connection);
    }
    return connection;
  }

  private @Nullable Connection lend(Route.Pooled pooled, DriverOpener opener) throws SQLException {
    try {
      return logicalConnections.open(
          new LeaseSource() {
            @Override
            public Lease acquire() throws SQLException {
              return pool.borrow(pooled, opener);
            }

            @Override
            public void opened() {
              pool.openedByApplication(pooled.server());
            }

            @Override
            public boolean allowsOneStatement() {
              return pooled.singleStatement();
            }
          });
    } catch (NotPoolingException switched) {
      // While it waited, or a moment ago.
      return mode.current() == Mode.OBSERVE ? watchedOpening.open(pooled, opener, null) : null;
    }
  }

  @Override
  public void opened(
      Object driver, @Nullable String url, @Nullable Properties info, Object connection) {
    if (!(driver instanceof Driver) || url == null || !(connection instanceof Connection opened)) {
      return;
    }
    try {
      leftToDriver.opened(driver, route(driver, url, info), opened);
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not count a connection that is not pooled", fault);
    }
  }

  @Override
  public void socketMade(Socket socket) {
    try {
      Connecting.made(socket);
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note the socket of a connect", fault);
    }
  }

  @Override
  public SecretKey loginKey(SecretKeyFactory factory, KeySpec password)
      throws InvalidKeySpecException {
    return loginKeys.key(factory, password);
  }

  @Override
  public void creating(@Nullable Object creator, @Nullable String library) {
    try {
      creations.enter(creator, library);
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note that a pool creates a connection", fault);
    }
  }

  @Override
  public void settingUp(@Nullable Object connection) {
    try {
      boolean isSettingUp = connection == null || isSettingUp(connection);
      creations.enterSetUp();
      Creation setUp = creations.current();
      if (!isSettingUp
          && setUp != null
          && connection instanceof Connection known
          && portableConnections.setUpResumed(known)) {
        setUp.add(known);
      }
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note that a pool goes on with a set-up", fault);
    }
  }

  @Override
  public void created() {
    try {
      Creation innermost = creations.current();
      for (Connection opened : creations.leave()) {
        portableConnections.setUpEnded(opened);
        if (innermost != null && NamedPools.isNamed(innermost.library())) {
          portableConnections.lent(opened);
        }
      }
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note that a pool has created a connection", fault);
    }
  }

  @Override
  public void lent(Object connection) {
    try {
      if (!isSettingUp(connection)) {
        portableConnections.lent(connection);
      }
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note that a pool hands out a connection", fault);
    }
  }

  @Override
  public void used(Object connection) {
    try {
      portableConnections.used(connection);
    } catch (Throwable fault) {
      faults.report(
          FaultKind.CALL, "could not begin the lease of a connection that a pool uses", fault);
    }
  }

  @Override
  public Object unwrapped(Object connection) {
    try {
      return isSettingUp(connection) ? connection : portableConnections.unwrapped(connection);
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not tell which session a pool hands out", fault);
      return connection;
    }
  }

  @Override
  public void returned(Object connection) {
    try {
      if (!isSettingUp(connection)) {
        if (anyWorksLater) {
          workedOnLater.remove(connection);
        }
        portableConnections.returned(connection);
      }
    } catch (Throwable fault) {
      faults.report(FaultKind.CALL, "could not note that a pool has a connection back", fault);
    }
  }

  @Override
  public void worksLater(Object connection) {
    try {
      anyWorksLater = true;
      workedOnLater.add(connection);
    } catch (Throwable fault) {
      faults.report(
          FaultKind.CALL, "could not note that a pool will work with a connection", fault);
    }
  }

  @Override
  public void returnedUnlessWork(Object connection) {
    try {
      if (anyWorksLater && workedOnLater.contains(connection)) {
        return;
      }
    } catch (Throwable fault) {
      faults.report(
          FaultKind.CALL, "could not tell whether a pool will work with a connection", fault);
    }
    returned(connection);
  }

  /** A pool's methods may call one another while one of them is still creating. */
  private boolean isSettingUp(Object connection) {
    Creation creation = creations.current();
    return creation != null && creation.isSettingUp(connection);
  }

  private Route route(Object driver, String url, @Nullable Properties info) {
    return router.route(
        new ConnectionRequest(
            url, info == null ? new Properties() : info, driver.getClass().getClassLoader()));
  }
}
