package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.Pin;
import io.tenantpool.routing.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pool of one server: takes the lock, asks the {@link ServerLedger} what to do, gives the lock
 * back and does it. Sockets are opened, validated, reset and closed, threads woken and listeners
 * called without the lock, by the thread that owns the slot.
 */
final class ServerPool implements ResetWorker.Work {

  private static final int BACK_OFF_ROUNDS = 2;
  private static final int BACK_OFF_SPINS = 300;

  private final String name;
  private volatile PoolLimits limits;

  /**
   * Written under the lock and read after it by whoever has just borrowed, so every borrow sees
   * what the one before it saw; a volatile read would be one more for all of them.
   */
  private boolean watchesLeaks;

  private final Ticker ticker;
  private final Herald herald;
  private final SessionIo io;
  private final ResetWorker worker = new ResetWorker(this);
  private final LimitQuestion limitQuestion = new LimitQuestion();
  private final Operations operations = new Operations(this);
  private final BypassedConnections bypassed = new BypassedConnections();
  private final WatchedServer watched;
  private final Outbox outbox = new Outbox();
  private final Mutex lock = new Mutex();

  @GuardedBy("lock")
  private final ServerLedger ledger;

  @GuardedBy("lock")
  private final SampleJournal journal;

  /** A pool without connections, and with a worker that somebody has to start. */
  ServerPool(String name, PoolLimits limits, Ticker ticker, PoolListener listener) {
    this.name = name;
    this.limits = limits;
    this.watchesLeaks = limits.watchesLeaks();
    this.ticker = ticker;
    this.herald = new Herald(listener);
    this.io = new SessionIo(name, limits.validationTimeout(), ticker, herald);
    this.ledger = new ServerLedger(limits, outbox);
    this.journal = new SampleJournal(name);
    this.watched = new WatchedServer(this);
  }

  // ---- borrowing

  PooledLease borrow(Route.Pooled route, PhysicalOpener opener, @Nullable Origin origin)
      throws SQLException {
    long start = ticker.nanos();
    Waiter waiter;
    Slot slot;
    boolean atOnce = lock.tryLock() || backOff();
    if (!atOnce) {
      lock.lock();
    }
    try {
      if (ledger.book().isClosed()) {
        throw shutDown();
      }
      if (ledger.book().isDraining()) {
        throw new NotPoolingException(name);
      }
      // Reading the clock costs as much as all the rest of a borrow; the moment that backing off
      // takes is not worth it.
      long now = atOnce ? start : ticker.nanos();
      TenantPool tenant = ledger.book().tenant(route.tenant(), route.system(), now);
      slot = ledger.take(tenant, route.key(), origin, Thread.currentThread(), now);
      if (slot != null && slot.state() == SlotState.TAKEN) {
        return begin(slot, now, now - start, true);
      }
      waiter =
          slot == null
              ? ledger.enqueue(tenant, route.key(), origin, Thread.currentThread(), start, now)
              : null;
    } finally {
      lock.unlock();
      deliver();
    }
    Borrow borrow = new Borrow(this, route, opener, origin, start);
    return waiter == null
        ? borrow.finish(Objects.requireNonNull(slot), start)
        : borrow.finish(waiter);
  }

  /** Begins the lease of a slot that the calling thread owns. */
  PooledLease lend(Slot slot, long start, long now, boolean hit) {
    lock.lock();
    try {
      return begin(slot, now, now - start, hit);
    } finally {
      lock.unlock();
      deliver();
    }
  }

  /**
   * The same for a slot that the calling thread has made clean between {@code since} and {@code
   * now}; null when that took so long that the connection was aborted.
   */
  @Nullable PooledLease lendClean(Slot slot, long since, long start, long now, boolean hit) {
    lock.lock();
    try {
      if (slot.fate() == EvictionCause.RESET) {
        return null;
      }
      ledger.resetByBorrower(slot, now - since);
      return begin(slot, now, now - start, hit);
    } finally {
      lock.unlock();
      deliver();
    }
  }

  /**
   * Keeps away from a lock that is taken, for a moment in which its holder can come back several
   * times: what costs most is to move everything that the lock guards from one processor's cache to
   * another's. True when the lock was got then.
   */
  private boolean backOff() {
    for (int round = 0; round < BACK_OFF_ROUNDS; round++) {
      for (int i = 0; i < BACK_OFF_SPINS; i++) {
        Thread.onSpinWait();
      }
      if (lock.tryLock()) {
        return true;
      }
    }
    return false;
  }

  @GuardedBy("lock")
  private PooledLease begin(Slot slot, long now, long borrowNanos, boolean hit) {
    PooledLease lease = new PooledLease(this, slot, slot.physical(), Thread.currentThread());
    ledger.lend(slot, lease, now, borrowNanos, hit);
    journal.borrowed(slot.tenant().name(), borrowNanos);
    return lease;
  }

  private SQLException shutDown() {
    return new SQLException("tenant-pool: the pool of " + name + " is shut down", "08003");
  }

  /** Stands in the line again, at its end, with the time that has passed already. */
  Waiter enqueue(Route.Pooled route, @Nullable Origin origin, long since) {
    return locked(
        books -> {
          // The tenant may have been dropped since: the slot that was given up was its last one.
          long now = ticker.nanos();
          TenantPool tenant = books.book().tenant(route.tenant(), route.system(), now);
          Waiter waiter =
              books.enqueue(tenant, route.key(), origin, Thread.currentThread(), since, now);
          books.losePatience(waiter);
          return waiter;
        });
  }

  /**
   * See {@link ServerLedger#retry}.
   *
   * @throws SQLException when the pool was shut down in the meantime, or pools no more
   */
  @Nullable Slot retry(Waiter waiter) throws SQLException {
    lock.lock();
    try {
      long now = ticker.nanos();
      Slot slot = ledger.retry(waiter, now);
      if (slot == null && ledger.book().isClosed() && ledger.abandon(waiter, now) == null) {
        throw shutDown();
      }
      if (slot == null && ledger.book().isDraining() && ledger.abandon(waiter, now) == null) {
        throw new NotPoolingException(name);
      }
      return slot;
    } finally {
      lock.unlock();
      deliver();
    }
  }

  void losePatience(Waiter waiter) {
    step(books -> books.losePatience(waiter));
  }

  /**
   * Leaves the line. Returns what was granted at the last moment.
   *
   * @throws java.sql.SQLTransientConnectionException when nothing was
   */
  Slot abandon(Waiter waiter, @Nullable InterruptedException interrupt) throws SQLException {
    AcquireTimeout timeout;
    lock.lock();
    try {
      long now = ticker.nanos();
      timeout = new AcquireTimeout(name, ledger, waiter, now);
      Slot slot = ledger.abandon(waiter, now);
      if (slot != null) {
        return slot;
      }
      if (interrupt == null) {
        ledger.timedOut(waiter);
      }
    } finally {
      lock.unlock();
      deliver();
    }
    SQLException failure = timeout.exception(interrupt);
    if (interrupt == null) {
      String tenant = waiter.tenant().name();
      String message = String.valueOf(failure.getMessage());
      herald.tell(told -> told.timedOut(name, tenant, timeout.waitedNanos(), message));
    }
    throw failure;
  }

  /** Closes the victim of the slot, whose permit passes to the slot then. */
  void closeVictim(Slot slot, Slot victim) {
    io.close(victim);
    step(books -> books.book().victimClosed(slot));
    io.tellClosed(victim);
  }

  void opened(Slot slot, PhysicalConnection physical, long connectNanos) {
    step(books -> books.opened(slot, physical, connectNanos, ticker.nanos()));
    String tenant = slot.tenant().name();
    herald.tell(told -> told.opened(name, tenant, slot.id(), connectNanos));
    limitQuestion.ask(physical).ifPresent(this::lowerBudget);
  }

  void openFailed(Slot slot, Throwable failure, long connectNanos) {
    step(books -> books.openFailed(slot, ticker.nanos()));
    if (failure instanceof Exception exception) {
      String tenant = slot.tenant().name();
      herald.tell(told -> told.openFailed(name, tenant, exception, connectNanos));
    }
  }

  /** See {@link ServerLedger#refused}. */
  @Nullable Slot refused(Slot slot, @Nullable Origin origin) {
    int[] figures = new int[2];
    Slot next =
        lockedNullable(
            books -> {
              figures[0] = books.book().budget().used();
              figures[1] = books.book().budget().budget();
              return books.refused(slot, origin, ticker.nanos());
            });
    String tenant = slot.tenant().name();
    herald.tell(told -> told.openRefused(name, tenant, figures[0], figures[1]));
    return next;
  }

  Slot reopen(Slot unusable, EvictionCause cause) {
    return locked(books -> books.reopen(unusable, cause));
  }

  /** The server says that it allows no more than this. */
  private void lowerBudget(int allowed) {
    if (locked(books -> books.retirement().lowerBudget(allowed))) {
      worker.wake();
      int lowered = locked(books -> books.book().budget().budget());
      herald.tell(told -> told.budgetLowered(name, limits.budget(), lowered));
    }
  }

  // ---- returning

  void end(PooledLease lease) {
    Slot slot = lease.slot();
    PhysicalConnection physical = lease.physical();
    EvictionCause unfit =
        physical.isBroken()
            ? EvictionCause.BROKEN
            : physical.isReusable() ? null : EvictionCause.HANDED_OUT;
    // Before anybody else can have the connection: whoever watches hears of its leases in order.
    lease.tellReturned(unfit);
    boolean work;
    long now = ticker.nanos();
    if (!lock.tryLock() && !backOff()) {
      lock.lock();
    }
    try {
      if (slot.lease() != lease) {
        return;
      }
      journal.returned(slot.tenant().name(), now - slot.lentAt());
      work = ledger.returned(slot, unfit, now);
    } finally {
      lock.unlock();
      deliver();
    }
    if (work) {
      worker.wake();
    }
  }

  void pinned(Slot slot, Pin cause, @Nullable StackTraceElement site) {
    long now = ticker.epochMillis();
    PinSites.Sighting seen = locked(books -> books.pinned(slot, cause, site, now));
    String tenant = slot.tenant().name();
    herald.tell(told -> told.pinned(name, tenant, slot.id(), cause, seen.site(), seen.isNew()));
  }

  // ---- the worker's part

  /** Resets one session or closes one socket; false when there was nothing to do. */
  @Override
  public boolean work() {
    Slot slot = lockedNullable(books -> books.book().nextWork(ticker.nanos()));
    if (slot == null) {
      return false;
    }
    if (slot.state() == SlotState.RESETTING) {
      long clean = io.reset(slot, ticker.nanos());
      if (clean != SessionIo.FAILED) {
        step(books -> books.cleaned(slot, clean));
        return true;
      }
      step(books -> books.resetFailed(slot));
    }
    io.close(slot);
    step(books -> books.closed(slot));
    io.tellClosed(slot);
    return true;
  }

  @Override
  public boolean hasWork() {
    return locked(books -> books.book().hasWork());
  }

  /** Whether no connection is left to take care of. */
  @Override
  public boolean isEmpty() {
    return locked(books -> books.book().slots().isEmpty());
  }

  // ---- figures

  /** Hands the samples since the last call to the listener. */
  void publishSamples() {
    BorrowSamples samples;
    lock.lock();
    try {
      samples = journal.drain();
    } finally {
      lock.unlock();
      deliver();
    }
    if (samples != null) {
      herald.tell(told -> told.samples(samples));
    }
    watched.publishSamples(herald);
  }

  void bypassed(Connection connection) {
    bypassed.add(connection);
  }

  /** The connections that are only watched. */
  WatchedServer watched() {
    return watched;
  }

  /** One of them, or a call on one, would have pinned its lease. */
  void wouldPin(String tenant, Pin cause, @Nullable StackTraceElement site) {
    long now = ticker.epochMillis();
    PinSites.Sighting seen = locked(books -> books.pinSites().pinned(cause, site, tenant, now));
    herald.tell(
        told ->
            told.pinned(name, tenant, PoolListener.ONLY_WATCHED, cause, seen.site(), seen.isNew()));
  }

  /** What housekeeper and operator do. */
  Operations operations() {
    return operations;
  }

  /** What is done to the session of a slot by the thread that owns the slot. */
  SessionIo io() {
    return io;
  }

  ConnectionLabel label(Slot slot) {
    return io.label(slot);
  }

  ConnectionWatch watch() {
    return herald.watch();
  }

  ResetWorker worker() {
    return worker;
  }

  String name() {
    return name;
  }

  Herald herald() {
    return herald;
  }

  Ticker ticker() {
    return ticker;
  }

  PoolLimits limits() {
    return limits;
  }

  /** Whether the stack of each borrow is wanted. */
  boolean watchesLeaks() {
    return watchesLeaks;
  }

  /** Other limits from now on; false when they are the same. */
  boolean change(PoolLimits other) {
    boolean changed =
        locked(
            books -> {
              boolean differ = !other.equals(limits);
              limits = other;
              watchesLeaks = other.watchesLeaks();
              if (differ) {
                books.change(other, ticker.nanos());
              }
              return differ;
            });
    worker.wake();
    return changed;
  }

  /** Reads figures under the lock. */
  <T> T read(Function<Figures, T> question) {
    int open = bypassed.open();
    long opens = bypassed.opens();
    return locked(books -> question.apply(new Figures(name, books, open, opens, ticker)));
  }

  // ---- the lock

  /** One step under the lock, and then what it left to do. */
  void step(Consumer<ServerLedger> step) {
    lock.lock();
    try {
      step.accept(ledger);
    } finally {
      lock.unlock();
      deliver();
    }
  }

  /** The same for a step with a result. */
  <T> T locked(Function<ServerLedger, T> step) {
    lock.lock();
    try {
      return step.apply(ledger);
    } finally {
      lock.unlock();
      deliver();
    }
  }

  private @Nullable Slot lockedNullable(Function<ServerLedger, @Nullable Slot> step) {
    lock.lock();
    try {
      return step.apply(ledger);
    } finally {
      lock.unlock();
      deliver();
    }
  }

  private void deliver() {
    outbox.deliver(name, ticker, herald);
  }
}
