package io.tenantpool.start;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.interception.Creations;
import io.tenantpool.interception.DriverSightings;
import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.FaultKind;
import java.net.Socket;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the door until the agent is assembled: by a thread of its own, so that a program
 * without JDBC does not pay for it, when the first driver or pool is loaded, or some seconds after
 * the start. The thread is the agent's from the start; whatever it creates inherits nothing of the
 * application.
 */
final class LateBridge implements ConnectionBridge {

  private static final long WITHOUT_CONNECTION_SECONDS = 5;
  private static final long LONGEST_WAIT_SECONDS = 10;
  private static final int MOST_FAILURES = 10;

  /** JMX and meters take half a second of a processor, which the first connects need more. */
  private static final long UNOBSERVED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is assembled. */
  interface Agent {

    /** What instrumented code calls. */
    ConnectionBridge door();

    /** Begins to show the pool; what happened until now is shown as well. */
    void observe();
  }

  private final BiFunction<Creations, DriverSightings, Agent> assembly;
  private final AgentThreads threads;
  private final AgentThread thread;
  private final CountDownLatch expected = new CountDownLatch(1);
  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Creations creations = new Creations();
  private final DriverSightings sightings = new DriverSightings(this::expectReport);
  private volatile @Nullable ConnectionBridge assembled;

  // The thread's own.
  private @Nullable Agent agent;
  private boolean isExpected;
  private int failures;

  /**
   * A door to the agent that {@code assembly} will make, which is told of the creations that are
   * under way, and of the drivers that were met and could not be instrumented.
   */
  LateBridge(BiFunction<Creations, DriverSightings, Agent> assembly, AgentThreads threads) {
    this.assembly = assembly;
    this.threads = threads;
    this.thread = threads.thread("tenant-pool-start", this::round);
  }

  /** Starts the thread that waits for the first connection. */
  void startAssembling() {
    thread.start();
  }

  /**
   * Somebody will soon ask for a connection, and need not wait for the agent then: it is assembled
   * while the application goes on loading classes. Costs nothing after the first call.
   */
  void expectConnection() {
    expected.countDown();
  }

  /** Who meets a driver that cannot be instrumented says so there. */
  DriverSightings sightings() {
    return sightings;
  }

  /** There is something to be said, though perhaps nobody will ever ask for a connection. */
  private void expectReport() {
    expected.countDown();
    wanted.countDown();
  }

  /**
   * Assembles the agent, then has it observed; what fails is tried again, in another round of the
   * thread, some times.
   */
  private boolean round() throws InterruptedException {
    try {
      if (agent == null) {
        isExpected = expected.await(WITHOUT_CONNECTION_SECONDS, TimeUnit.SECONDS);
        agent = assemble();
      }
      if (isExpected && wanted.await(WITHOUT_CONNECTION_SECONDS, TimeUnit.SECONDS)) {
        LockSupport.parkNanos(UNOBSERVED_NANOS);
      }
      agent.observe();
      return false;
    } catch (InterruptedException nobodyShould) {
      throw nobodyShould;
    } catch (Throwable fault) {
      threads.faults().report(FaultKind.START, "could not start all of the agent", fault);
      LockSupport.parkNanos(UNOBSERVED_NANOS);
      return ++failures < MOST_FAILURES;
    }
  }

  private Agent assemble() {
    try {
      Agent made = assembly.apply(creations, sightings);
      assembled = made.door();
      return made;
    } finally {
      done.countDown();
    }
  }

  @Override
  public @Nullable Object connect(Object driver, @Nullable String url, @Nullable Properties info)
      throws Throwable {
    ConnectionBridge bridge = await();
    return bridge == null ? null : bridge.connect(driver, url, info);
  }

  @Override
  public void opened(
      Object driver, @Nullable String url, @Nullable Properties info, Object connection) {
    ConnectionBridge bridge = await();
    if (bridge != null) {
      bridge.opened(driver, url, info, connection);
    }
  }

  /** Nothing is opened for the agent before it is assembled. */
  @Override
  public void socketMade(Socket socket) {}

  @Override
  public SecretKey loginKey(SecretKeyFactory factory, KeySpec password)
      throws InvalidKeySpecException {
    return factory.generateSecret(password);
  }

  @Override
  public void creating(@Nullable Object pool, @Nullable String library) {
    creations.enter(pool, library);
  }

  @Override
  public void settingUp(@Nullable Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.settingUp(connection);
    } else {
      creations.enterSetUp();
    }
  }

  @Override
  public void created() {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.created();
    } else {
      creations.leave();
    }
  }

  @Override
  public void lent(Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.lent(connection);
    }
  }

  @Override
  public void returned(Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.returned(connection);
    }
  }

  @Override
  public void worksLater(Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.worksLater(connection);
    }
  }

  @Override
  public void used(Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.used(connection);
    }
  }

  @Override
  public Object unwrapped(Object connection) {
    ConnectionBridge bridge = assembled;
    return bridge == null ? connection : bridge.unwrapped(connection);
  }

  @Override
  public void returnedUnlessWork(Object connection) {
    ConnectionBridge bridge = assembled;
    if (bridge != null) {
      bridge.returnedUnlessWork(connection);
    }
  }

  /**
   * The agent, which stands at the door itself from now on; null when there is none in time: then
   * this stays there, and sends every connection to its driver. An interrupt is kept for the
   * application.
   */
  private @Nullable ConnectionBridge await() {
    expected.countDown();
    wanted.countDown();
    // Nobody else may be there yet who could start it where that was not possible before.
    thread.ensure();
    boolean interrupted = false;
    while (true) {
      try {
        boolean inTime = done.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        ConnectionBridge door = inTime ? assembled : null;
        if (door != null) {
          BridgeHolder.set(door);
        }
        return door;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
  }
}
