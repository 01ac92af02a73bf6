package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drives the race between the end of a lease on one thread and the next checkout on another: more
 * threads than logical connections, more logical connections than physical ones, threads that go on
 * using a connection while it is given back, or look at it while others are inside, and random
 * yields in every place where the driver is. Every call carries the name of its logical connection,
 * and the driver knows whose lease it is in.
 */
final class GiveAwayRace {

  private static final int LOGICAL = 6;
  private static final int PHYSICAL = 3;
  private static final int THREADS = 8;

  /** Gives a connection back to the agent; a wrong one shows that the race would be seen. */
  @FunctionalInterface
  interface GiveBack {
    void of(Named logical);
  }

  /** A logical connection, and what the driver is to find in its calls. */
  record Named(String name, Connection connection, Source source) {}

  /** Rows, and what the driver is to find in their calls. */
  private record Rows(String name, ResultSet result) {}

  private final LogicalConnections connections = new LogicalConnections();
  private final Origin origin = new Origin("race");
  private final Deque<RacedSession> free = new ArrayDeque<>();
  private final BlockingQueue<Named> applicationPool = new ArrayBlockingQueue<>(LOGICAL);
  private final BlockingQueue<Named> strays = new ArrayBlockingQueue<>(64);
  private final BlockingQueue<Named> looked = new SynchronousQueue<>();
  private final BlockingQueue<Rows> rowsOfOthers = new SynchronousQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong leases = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final GiveBack giveBack;
  private volatile boolean over;

  GiveAwayRace(GiveBack giveBack) {
    this.giveBack = giveBack;
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  long calls() {
    return calls.get();
  }

  long leases() {
    return leases.get();
  }

  /** How many calls found another one inside and were made beside it. */
  long looks() {
    return looks.get();
  }

  /** Runs until the time is up, or the first violation is seen. */
  void run(long seconds) throws Exception {
    for (int i = 0; i < PHYSICAL; i++) {
      free.add(new RacedSession(violations::add, calls::incrementAndGet));
    }
    for (int i = 0; i < LOGICAL; i++) {
      // The name is the SQL too: every third holds its session when it is executed at rest.
      Source source = new Source((i % 3 == 0 ? "SET logical.number = " : "SELECT ") + i);
      Connection connection = connections.openPooled(origin, source);
      PoolSide.of(connection).setUpEnded();
      applicationPool.add(new Named(source.name, connection, source));
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(i % 4 == 3 ? this::stray : this::work, "race-" + i));
    }
    threads.add(new Thread(this::read, "race-reader"));
    threads.add(new Thread(this::look, "race-looker"));
    threads.forEach(Thread::start);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - end < 0 && violations.isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
    over = true;
    for (Thread thread : threads) {
      thread.join(20_000);
      if (thread.isAlive()) {
        violations.add("stuck: " + thread + List.of(thread.getStackTrace()));
      }
    }
  }

  /** An application: checks out, uses, gives back. */
  private void work() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      while (!over) {
        Named logical = applicationPool.poll(100, TimeUnit.MILLISECONDS);
        if (logical == null) {
          continue;
        }
        PoolSide.of(logical.connection()).lent();
        boolean shared = random.nextInt(4) == 0 && strays.offer(logical);
        shared |= looked.offer(logical);
        for (int i = random.nextInt(5); i > 0; i--) {
          if (i == 4) {
            readRows(logical);
          } else {
            use(logical, random);
          }
        }
        if (shared) {
          RacedSession.hesitate(random);
        }
        giveBack.of(logical);
        applicationPool.add(logical);
      }
    } catch (InterruptedException | RuntimeException | SQLException e) {
      violations.add(Thread.currentThread().getName() + ": " + e);
    }
  }

  /** A thread that was given a connection and does not care whether it was given back since. */
  private void stray() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      while (!over) {
        Named logical = strays.poll(100, TimeUnit.MILLISECONDS);
        if (logical != null) {
          use(logical, random);
        }
      }
    } catch (InterruptedException | RuntimeException | SQLException e) {
      violations.add(Thread.currentThread().getName() + ": " + e);
    }
  }

  /** A thread that reads the rows of others until they are closed. */
  private void read() {
    try {
      while (!over) {
        Rows rows = rowsOfOthers.poll(100, TimeUnit.MILLISECONDS);
        if (rows != null) {
          readUntilClosed(rows);
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      violations.add(Thread.currentThread().getName() + ": " + e);
    }
  }

  /** A thread that looks at the connections of others, at work and given back, all the time. */
  private void look() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try {
      while (!over) {
        Named logical = looked.poll(100, TimeUnit.MILLISECONDS);
        for (int i = 0; logical != null && i < 20; i++) {
          lookAt(logical, random);
        }
      }
    } catch (InterruptedException | RuntimeException | SQLException e) {
      violations.add(Thread.currentThread().getName() + ": " + e);
    }
  }

  /** Whichever way these calls take, the driver is to find its name in them. */
  private void lookAt(Named logical, ThreadLocalRandom random) throws SQLException {
    if (((LogicalObject) Objects.requireNonNull(JdbcProxy.wrapperOf(logical.connection())))
        .session()
        .entrance
        .isSomebodyInside()) {
      looks.incrementAndGet();
    }
    switch (random.nextInt(3)) {
      case 0 -> logical.connection().nativeSQL(logical.name());
      case 1 -> logical.connection().getAutoCommit();
      default -> {
        Statement statement = logical.connection().createStatement();
        statement.setCursorName(logical.name());
        statement.close();
      }
    }
  }

  private void readUntilClosed(Rows rows) {
    try {
      while (!over) {
        rows.result().findColumn(rows.name());
      }
    } catch (SQLException closed) {
      // By the one who opened it, as is to be expected.
      return;
    }
  }

  /**
   * Reads rows that another thread reads as well, while they are closed and the lease ends. Only
   * the one who has the connection does: open rows would pin the lease.
   */
  private void readRows(Named logical) throws SQLException {
    Statement statement = logical.connection().createStatement();
    ResultSet rows = statement.executeQuery(logical.name());
    boolean shared = rowsOfOthers.offer(new Rows(logical.name(), rows));
    rows.findColumn(logical.name());
    if (shared) {
      RacedSession.hesitate(ThreadLocalRandom.current());
    }
    rows.close();
    statement.close();
  }

  private static void use(Named logical, ThreadLocalRandom random) throws SQLException {
    switch (random.nextInt(4)) {
      case 0 -> logical.connection().nativeSQL(logical.name());
      case 1 -> logical.connection().isClosed();
      case 2 -> {
        Statement statement = logical.connection().createStatement();
        statement.execute(logical.name());
        statement.cancel();
        statement.close();
      }
      default -> {
        // Kept by a statement cache: it meets one physical connection after another.
        Statement kept = logical.source().kept;
        if (kept == null) {
          kept = logical.connection().createStatement();
          logical.source().kept = kept;
        }
        kept.execute(logical.name());
      }
    }
  }

  /** Where one logical connection gets its leases from. */
  final class Source implements PooledSource {

    private final String name;
    private volatile @Nullable Statement kept;
    private volatile @Nullable Lease current;

    Source(String name) {
      this.name = name;
    }

    /** Ends the lease behind the back of the logical connection. */
    void takeAway() {
      Lease lease = current;
      if (lease != null) {
        lease.end();
      }
    }

    @Override
    public Lease acquire(@Nullable Origin by) throws SQLException {
      while (true) {
        synchronized (free) {
          RacedSession session = free.poll();
          if (session != null) {
            leases.incrementAndGet();
            Lease lease = new SessionLease(session, name);
            current = lease;
            return lease;
          }
        }
        Thread.yield();
      }
    }

    @Override
    public void abandoned(Origin gone) {}

    @Override
    public Reachability server() {
      return new Reachability();
    }

    /** Its own, so that each logical connection has a source of its own. */
    @Override
    public Object poolKey() {
      return this;
    }

    @Override
    public Class<?> driverClass() {
      return Source.class;
    }
  }

  private final class SessionLease implements Lease {

    private final RacedSession session;
    private final AtomicReference<@Nullable String> holder;

    SessionLease(RacedSession session, String name) {
      this.session = session;
      holder = new AtomicReference<>(name);
      session.lentTo(name);
    }

    @Override
    public PhysicalConnection physical() {
      return session.physical();
    }

    @Override
    public void end() {
      if (holder.getAndSet(null) != null) {
        session.back();
        synchronized (free) {
          free.add(session);
        }
      }
    }

    @Override
    public void pinned(Pin cause, @Nullable StackTraceElement site) {
      if (cause != Pin.USED_AT_REST) {
        violations.add("pinned: " + cause);
      }
    }
  }
}
