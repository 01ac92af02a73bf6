package io.tenantpool.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tenantpool.connection.Caller;
import io.tenantpool.connection.Custody;
import io.tenantpool.connection.Origin;
import io.tenantpool.connection.PhysicalConnection;
import io.tenantpool.connection.PhysicalOpener;
import io.tenantpool.connection.Reachability;
import io.tenantpool.connection.SessionFilter;
import io.tenantpool.connection.WaitEnd;
import io.tenantpool.routing.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pool of one server: takes the lock, asks the {@link ServerLedger} what to do, gives the lock
 * back and does it. Sockets are opened, validated, reset and closed, threads woken and listeners
 * called without the lock, by the thread that owns the slot.
 */
final class ServerPool {

  private final String name;
  private volatile PoolLimits limits;
  private volatile Collection<ServerPool> all = List.of(this);

  /**
   * Written under the lock and read after it by whoever has just borrowed, so every borrow sees
   * what the one before it saw; a volatile read would be one more for all of them.
   */
  private boolean watchesLeaks;

  private final Ticker ticker;
  private final Herald herald;
  private final SessionIo io;
  private final Deadlines deadlines;
  private final Cleaning cleaning;
  private final ResetWorker worker;
  private final LimitQuestion limitQuestion;
  private final Operations operations;
  private final BypassedConnections bypassed = new BypassedConnections();
  private final AskedConnections asked = new AskedConnections();
  private final WatchedServer watched;
  private final HolderPlaces holderPlaces;
  private final Reachability reachability = new Reachability();

  /** The ledger behind its lock, for all that is not a borrow or a return. */
  private final LockedLedger books;

  private final Custody custody = new Custody();
  private final Recovery recovery;
  private final ServerLock lock;

  @GuardedBy("lock")
  private final ServerLedger ledger;

  @GuardedBy("lock")
  private final SampleJournal journal;

  /** The same with deadlines of its own, at which somebody has to look. */
  ServerPool(String name, PoolLimits limits, Ticker ticker, PoolListener listener) {
    this(
        name,
        limits,
        ticker,
        listener,
        new Deadlines(ticker, new Herald(listener), nobodyLooks -> {}));
  }

  /** A pool without connections, and with a worker that somebody has to start. */
  ServerPool(
      String name, PoolLimits limits, Ticker ticker, PoolListener listener, Deadlines deadlines) {
    this.deadlines = deadlines;
    this.name = name;
    this.limits = limits;
    this.watchesLeaks = limits.watchesLeaks();
    this.ticker = ticker;
    this.herald = new Herald(listener, name);
    this.io = new SessionIo(name, limits.validationTimeout(), ticker, herald, deadlines);
    this.limitQuestion = new LimitQuestion(ticker);
    this.holderPlaces = new HolderPlaces(ticker);
    Outbox outbox = new Outbox();
    this.lock = new ServerLock(name, ticker, herald, outbox);
    this.ledger = new ServerLedger(limits, outbox);
    this.books = new LockedLedger(lock, ledger);
    this.cleaning = new Cleaning(books, io, ticker, custody);
    this.worker = new ResetWorker(cleaning);
    this.operations = new Operations(this);
    this.recovery = new Recovery(this);
    this.journal = new SampleJournal(name);
    this.watched = new WatchedServer(this);
  }

  // ---- borrowing

  PooledLease borrow(
      Route.Pooled route, PhysicalOpener opener, @Nullable Origin origin, @Nullable Caller caller)
      throws SQLException {
    Waiter waiter = null;
    Slot slot = null;
    boolean done = false;
    Borrow borrow = null;
    try {
      long start = ticker.nanos();
      PooledLease lease = null;
      boolean atOnce = lock.tryLockSoon();
      if (!atOnce) {
        lock.lock();
      }
      boolean whole = false;
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
        TenantPool tenant = ledger.tenants().named(route.tenant(), route.system(), now);
        slot = ledger.take(tenant, route.key(), origin, Thread.currentThread(), now);
        if (slot != null && slot.state() == SlotState.TAKEN) {
          lease = begin(slot, now, now - start, true);
        } else if (slot == null) {
          if (caller != null && !caller.waitsForRoom()) {
            NotTried why = ledger.gate().why(route.key());
            throw why == null
                ? WaitEnd.ACQUIRE_TIMEOUT.exception("tenant-pool: no room on " + name, null)
                : why.exception(name, route.tenant());
          }
          waiter =
              ledger
                  .queueing()
                  .enqueue(tenant, route.key(), origin, Thread.currentThread(), start, now);
        }
        whole = true;
      } catch (SQLException e) {
        // Nothing was changed.
        whole = true;
        throw e;
      } finally {
        if (!whole) {
          books.isTorn = true;
        }
        lock.unlock();
      }
      if (lease == null) {
        borrow = new Borrow(this, route, opener, origin, caller, start);
        lease = borrow.finish(slot, waiter, start);
      }
      done = true;
      return lease;
    } finally {
      // Not even the call of finish may have had the stack that it needs.
      if (!done && (borrow == null || !borrow.isInCharge)) {
        // Nothing but writes of fields: it may be the stack that was not enough.
        if (slot != null) {
          slot.leftBy = slot.tenure;
        }
        if (waiter != null) {
          waiter.isLeft = true;
        }
        custody.isLeft = true;
      }
    }
  }

  /** Begins the lease of a slot that the calling thread owns. */
  PooledLease lend(Slot slot, long start, long now, boolean hit) {
    boolean done = false;
    lock.lock();
    try {
      PooledLease lease = begin(slot, now, now - start, hit);
      done = true;
      return lease;
    } finally {
      if (!done) {
        books.isTorn = true;
      }
      lock.unlock();
    }
  }

  /**
   * The same for a slot that the calling thread has made clean between {@code since} and {@code
   * now}; null when that took so long that the connection was aborted.
   */
  @Nullable PooledLease lendClean(Slot slot, long since, long start, long now, boolean hit) {
    boolean done = false;
    lock.lock();
    try {
      PooledLease lease = null;
      if (slot.fate() != EvictionCause.RESET) {
        ledger.resetByBorrower(slot, now - since);
        lease = begin(slot, now, now - start, hit);
      }
      done = true;
      return lease;
    } finally {
      if (!done) {
        books.isTorn = true;
      }
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private PooledLease begin(Slot slot, long now, long borrowNanos, boolean hit) {
    PooledLease lease = new PooledLease(this, slot, slot.physical(), Thread.currentThread());
    ledger.lend(slot, lease, now, borrowNanos, hit);
    journal.borrowed(slot.tenant().name(), borrowNanos);
    return lease;
  }

  /** What a borrower gets after the shut-down. */
  SQLException shutDown() {
    return new SQLException("tenant-pool: the pool of " + name + " is shut down", "08003");
  }

  // ---- returning

  /** Where the lease cannot be ended now, the housekeeper ends it. */
  void end(PooledLease lease) {
    boolean done = false;
    try {
      endNow(lease);
      done = true;
    } finally {
      if (!done) {
        lease.isOver = true;
        custody.isLeft = true;
      }
    }
  }

  private void endNow(PooledLease lease) {
    Slot slot = lease.slot();
    EvictionCause unfit = unfit(lease.physical());
    if (unfit == EvictionCause.BROKEN) {
      reachability.doubt();
    }
    // Before anybody else can have the connection: whoever watches hears of its leases in order.
    lease.tellReturned(unfit);
    boolean work;
    long now = ticker.nanos();
    if (!lock.tryLockSoon()) {
      lock.lock();
    }
    boolean whole = false;
    try {
      if (slot.lease() != lease) {
        whole = true;
        return;
      }
      journal.returned(slot.tenant().name(), now - slot.lentAt());
      work = ledger.returned(slot, unfit, now);
      whole = true;
    } finally {
      if (!whole) {
        books.isTorn = true;
      }
      lock.unlock();
    }
    if (work) {
      worker.wake();
    }
  }

  /** Why nobody else can be served by it; null when somebody can. */
  private @Nullable EvictionCause unfit(PhysicalConnection physical) {
    try {
      if (physical.isReusable()) {
        return null;
      }
      if (physical.isOutdated()) {
        return EvictionCause.OUTDATED;
      }
      return physical.isBroken() ? EvictionCause.BROKEN : EvictionCause.HANDED_OUT;
    } catch (RuntimeException | Error e) {
      herald.complain("a connection could not say how it is; it is closed", e);
      return EvictionCause.BROKEN;
    }
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
    }
    if (samples != null) {
      herald.tell(told -> told.samples(samples));
    }
    watched.publishSamples(herald);
  }

  /** What the application and its pools have opened, as they see it. */
  AskedConnections asked() {
    return asked;
  }

  void bypassed(Connection connection) {
    bypassed.add(connection);
  }

  /** The connections that are only watched. */
  WatchedServer watched() {
    return watched;
  }

  /** Whether the server answers. */
  Reachability reachability() {
    return reachability;
  }

  /** What housekeeper and operator do. */
  Operations operations() {
    return operations;
  }

  /** Resets one session or closes one socket; false when there was nothing to do. */
  boolean work() {
    return cleaning.work();
  }

  /** All servers, this one among them, as they come and go. */
  void beside(Collection<ServerPool> servers) {
    all = servers;
  }

  /**
   * Where such sessions may be. One server may be known under several names: those who are named
   * are looked for everywhere, at the cost of a connect for one of the same name elsewhere.
   */
  Collection<ServerPool> whereMayBe(SessionFilter which) {
    return which.isNamed() ? all : List.of(this);
  }

  /** Resets and closes, on the calling thread. */
  Cleaning cleaning() {
    return cleaning;
  }

  /** Where owners say that they have left something. */
  Custody custody() {
    return custody;
  }

  /** Gives up what its owner could not take to its end. */
  Recovery recovery() {
    return recovery;
  }

  /** One step under the server's lock at a time. */
  LockedLedger books() {
    return books;
  }

  /** How many connections the server itself allows. */
  LimitQuestion limitQuestion() {
    return limitQuestion;
  }

  /** Where those are who hold its connections. */
  HolderPlaces holderPlaces() {
    return holderPlaces;
  }

  /** What is done to the session of a slot by the thread that owns the slot. */
  SessionIo io() {
    return io;
  }

  /** Ends what takes too long. */
  Deadlines deadlines() {
    return deadlines;
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
        books.ask(
            ledger -> {
              boolean differ = !other.equals(limits);
              limits = other;
              watchesLeaks = other.watchesLeaks();
              if (differ) {
                ledger.change(other, ticker.nanos());
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
    return books.ask(
        ledger -> question.apply(new Figures(name, ledger, open, opens, asked, ticker)));
  }
}
