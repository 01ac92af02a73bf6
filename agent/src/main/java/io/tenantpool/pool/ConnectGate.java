package io.tenantpool.pool;

import io.tenantpool.routing.PoolKey;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to the server now. A permit says that there may be one more connection; the gate
 * says that this is the moment to open it. It is shut for everybody but one while the {@linkplain
 * Circuit circuit} of the server is open, for all but one of the same pool key while that key's is,
 * and for those for whom there is no {@linkplain ConnectPlaces place} after an outage.
 *
 * <p>Nobody is turned away by it: whoever may not connect yet stands in the waiting line without a
 * permit, is served by a connection that comes back, and is told of a failure only if that is the
 * failure of a connect that began after it came, as its own would have. {@code docs/concurrency.md}
 * has the invariants.
 *
 * <p>A connect that has not answered for {@link #SILENT_NANOS} costs nobody a processor and is in
 * nobody's way here: another may begin beside it. Not thread-safe: the server's lock guards it.
 */
final class ConnectGate {

  /** A connect that takes longer says nothing about when it will be answered. */
  static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** So many failures in a row, and it is no accident. */
  static final int THRESHOLD = 5;

  /** After so long without a failure nothing is remembered of one. */
  static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A request that is refused costs the server a process each time, and may cost a victim. */
  private static final long LONGEST_PAUSE_OF_KEY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Keys that fail are remembered with their exceptions; so many at most. */
  private static final int MOST_KEYS = 1000;

  /** What is known of one pool key whose connects fail. */
  private static final class Failing {
    final String tenant;
    final Circuit circuit;
    SQLException last;

    Failing(String tenant, Circuit circuit, SQLException last) {
      this.tenant = tenant;
      this.circuit = circuit;
      this.last = last;
    }
  }

  private final RandomGenerator random;
  private final Outbox outbox;
  private final ConnectPlaces places;
  private final ReplacementPlaces replacements;
  private final Circuit server;
  private final Map<PoolKey, Failing> keys = new LinkedHashMap<>();
  private final Map<String, Integer> openByTenant = new LinkedHashMap<>();

  /**
   * A connect under way: when it began; and if it takes the place of another tenant's connection,
   * how many of that kind were under way then, itself included, else 0.
   */
  private record UnderWay(long began, int replacing) {}

  /** Connects under way that may be answered any moment, the one first that began first. */
  private final Map<Slot, UnderWay> fresh = new LinkedHashMap<>();

  /** How many of them take the place of another tenant's connection. */
  private int replacing;

  private @Nullable SQLException last;
  private @Nullable String firstToFail;
  private boolean severalFailed;
  private boolean isBreaking;
  private long openings;
  private long now;

  ConnectGate(
      ConnectPlaces places,
      ReplacementPlaces replacements,
      boolean isBreaking,
      RandomGenerator random,
      Outbox outbox) {
    this.places = places;
    this.replacements = replacements;
    this.isBreaking = isBreaking;
    this.random = random;
    this.outbox = outbox;
    server = new Circuit(THRESHOLD, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS, random);
  }

  /** What time it is. Whoever asks next may be a moment late, which nobody minds. */
  void at(long moment) {
    now = moment;
  }

  long now() {
    return now;
  }

  /** Whether circuits open; those that are open are closed when not. */
  void breaks(boolean on) {
    isBreaking = on;
    if (!on) {
      forgetServer();
      for (Map.Entry<PoolKey, Failing> failing : Map.copyOf(keys).entrySet()) {
        forget(failing.getKey());
      }
    }
  }

  // ---- who may connect

  /** Whether somebody with that key may connect now. */
  boolean isFree(PoolKey key) {
    return waitNanos(key) == 0;
  }

  /** Whether everybody may connect. */
  boolean isCalm() {
    return keys.isEmpty() && !server.isOpen() && places.bound() == 0;
  }

  /** 0 when somebody with that key may connect now; else after how long it is worth a look. */
  long waitNanos(PoolKey key) {
    return Math.max(serverWaitNanos(), keyWaitNanos(key));
  }

  /** The same, as far as the key itself is concerned. */
  long keyWaitNanos(PoolKey key) {
    Failing failing = keys.isEmpty() ? null : keys.get(key);
    if (failing == null || !failing.circuit.isOpen()) {
      return 0;
    }
    return Math.max(pauseNanos(failing.circuit), answerNanos(key));
  }

  /** The same, as far as the server is concerned. */
  long serverWaitNanos() {
    if (server.isOpen()) {
      return Math.max(pauseNanos(server), answerNanos(null));
    }
    return places.hasRoom(fresh.size()) || places.hasRoom(connecting()) ? 0 : answerNanos(null);
  }

  /**
   * 0 when a connect may begin now that takes the place of another tenant's connection; else after
   * how long it is worth a look if none of those under way has ended by then.
   */
  long replacementWaitNanos() {
    if (replacements.hasRoom(replacing)) {
      return 0;
    }
    dropSilent();
    return replacements.hasRoom(replacing) ? 0 : answerNanos(null);
  }

  private static long left(long moment, long now) {
    return Math.max(0, moment - now);
  }

  private long pauseNanos(Circuit circuit) {
    return circuit.state() == CircuitState.OPEN ? left(circuit.opensAt(), now) : 0;
  }

  /**
   * How long the first connect under way, of that key if one is given, may still take until it
   * counts as silent; 0 when none is under way that is not.
   */
  private long answerNanos(@Nullable PoolKey key) {
    dropSilent();
    for (Map.Entry<Slot, UnderWay> connect : fresh.entrySet()) {
      if (key == null || connect.getKey().key().equals(key)) {
        return left(connect.getValue().began() + SILENT_NANOS, now);
      }
    }
    return 0;
  }

  private void dropSilent() {
    Iterator<UnderWay> connects = fresh.values().iterator();
    while (connects.hasNext()) {
      UnderWay first = connects.next();
      if (now - first.began() < SILENT_NANOS) {
        return;
      }
      connects.remove();
      uncount(first);
    }
  }

  /** Connects under way that may be answered any moment. */
  int connecting() {
    dropSilent();
    return fresh.size();
  }

  // ---- what comes of it

  /** Whether the connect of the slot is known to have begun. */
  boolean knows(Slot slot) {
    return fresh.containsKey(slot);
  }

  /** The slot's owner connects now, or as soon as its victim is closed. */
  void begun(Slot slot) {
    Slot victim = slot.victim();
    boolean replaces = victim != null && victim.tenant() != slot.tenant();
    uncount(fresh.put(slot, new UnderWay(now, replaces ? ++replacing : 0)));
    server.probed(now);
    Failing failing = keys.isEmpty() ? null : keys.get(slot.key());
    if (failing != null) {
      failing.circuit.probed(now);
    }
  }

  /** The connect has ended in a way that says nothing. */
  void ended(Slot slot) {
    forget(slot);
  }

  private void forget(Slot slot) {
    uncount(fresh.remove(slot));
  }

  private void uncount(@Nullable UnderWay connect) {
    replacing -= connect != null && connect.replacing() > 0 ? 1 : 0;
  }

  /** The connect has succeeded; {@code permits} as {@link ConnectPlaces#opened} has it. */
  void opened(Slot slot, long connectNanos, int permits) {
    UnderWay connect = fresh.get(slot);
    if (connect != null && connect.replacing() > 0) {
      replacements.opened(connectNanos, Math.max(connect.replacing(), replacing));
    }
    forget(slot);
    forgetServer();
    if (!keys.isEmpty()) {
      forget(slot.key());
    }
    places.opened(connectNanos, permits);
  }

  /** When the connect of the slot began; a silent one has begun before everybody who matters. */
  long begin(Slot slot) {
    UnderWay connect = fresh.get(slot);
    return connect == null ? now - SILENT_NANOS : connect.began();
  }

  /** The connect has failed so. */
  void failed(Slot slot, SQLException failure, OpenFailure kind) {
    long began = begin(slot);
    forget(slot);
    switch (kind) {
      case FULL -> forgetServer();
      case DENIED -> {
        forgetServer();
        keyFailed(slot, failure, began);
      }
      case OTHER -> keyFailed(slot, failure, began);
      case SILENT -> {
        keyFailed(slot, failure, began);
        serverFailed(slot, failure, began, false);
      }
      case AWAY -> serverFailed(slot, failure, began, true);
    }
  }

  private void serverFailed(Slot slot, SQLException failure, long began, boolean isSure) {
    String tenant = slot.tenant().name();
    severalFailed |= firstToFail != null && !firstToFail.equals(tenant);
    firstToFail = tenant;
    last = failure;
    boolean wasOpen = server.isOpen();
    server.failed(began, now, isBreaking && (isSure || severalFailed));
    if (!wasOpen && server.isOpen()) {
      openings++;
      outbox.circuit("", CircuitState.OPEN, server.failures(), failure);
    }
  }

  private void keyFailed(Slot slot, SQLException failure, long began) {
    PoolKey key = slot.key();
    String tenant = slot.tenant().name();
    Failing failing = keys.get(key);
    if (failing == null) {
      makeRoom();
      failing =
          new Failing(
              tenant,
              new Circuit(THRESHOLD, FIRST_PAUSE_NANOS, LONGEST_PAUSE_OF_KEY_NANOS, random),
              failure);
      keys.put(key, failing);
    }
    failing.last = failure;
    boolean wasOpen = failing.circuit.isOpen();
    failing.circuit.failed(began, now, isBreaking);
    if (!wasOpen && failing.circuit.isOpen()) {
      openByTenant.merge(tenant, 1, Integer::sum);
      outbox.circuit(tenant, CircuitState.OPEN, failing.circuit.failures(), failure);
    }
  }

  private void makeRoom() {
    if (keys.size() >= MOST_KEYS) {
      forget(keys.keySet().iterator().next());
    }
  }

  /** The server has answered somebody. */
  private void forgetServer() {
    if (server.failures() == 0) {
      return;
    }
    if (server.isOpen()) {
      places.outage();
      outbox.circuit("", CircuitState.CLOSED, server.failures(), null);
      // What they met was the outage, most likely.
      keys.values().forEach(failing -> failing.circuit.endPause(now));
    }
    server.answered();
    last = null;
    firstToFail = null;
    severalFailed = false;
  }

  private void forget(PoolKey key) {
    Failing failing = keys.remove(key);
    if (failing != null && failing.circuit.isOpen()) {
      openByTenant.computeIfPresent(failing.tenant, (name, open) -> open == 1 ? null : open - 1);
      outbox.circuit(failing.tenant, CircuitState.CLOSED, failing.circuit.failures(), null);
    }
  }

  /** A session was found to be lost: others will be. */
  void sessionLost() {
    places.outage();
  }

  /** Nothing is remembered for long of keys with which nobody connects any more. */
  void tidyUp(long moment) {
    now = moment;
    for (Map.Entry<PoolKey, Failing> failing : Map.copyOf(keys).entrySet()) {
      if (now - failing.getValue().circuit.lastFailedAt() >= FORGOTTEN_NANOS) {
        forget(failing.getKey());
      }
    }
    if (server.failures() > 0 && now - server.lastFailedAt() >= FORGOTTEN_NANOS) {
      forgetServer();
    }
  }

  // ---- what is said of it

  /** Why a borrower with that key may not connect just now; null when it is not for failures. */
  @Nullable NotTried why(PoolKey key) {
    Failing failing = keys.get(key);
    if (failing != null && failing.circuit.isOpen()) {
      return notTried(failing.circuit, failing.last);
    }
    SQLException failure = last;
    return server.isOpen() && failure != null ? notTried(server, failure) : null;
  }

  private NotTried notTried(Circuit circuit, SQLException failure) {
    return new NotTried(
        failure,
        failure.getSQLState(),
        failure.getErrorCode(),
        String.valueOf(failure.getMessage()),
        circuit.failures(),
        now - circuit.firstFailedAt(),
        pauseNanos(circuit));
  }

  /** Whether the failure of one connect is that of everybody who wants to connect. */
  boolean isServerOpen() {
    return server.isOpen();
  }

  /** When a connect last failed because the server did not answer. */
  long lastFailedAt() {
    return server.lastFailedAt();
  }

  /** Whether it is that of everybody with that key. */
  boolean isOpen(PoolKey key) {
    Failing failing = keys.get(key);
    return failing != null && failing.circuit.isOpen();
  }

  /** The worst of the tenant's keys. */
  CircuitState state(String tenant) {
    if (!openByTenant.containsKey(tenant)) {
      return CircuitState.CLOSED;
    }
    CircuitState state = CircuitState.CLOSED;
    for (Failing failing : keys.values()) {
      if (failing.tenant.equals(tenant) && failing.circuit.isOpen()) {
        if (failing.circuit.state() == CircuitState.OPEN) {
          return CircuitState.OPEN;
        }
        state = CircuitState.HALF_OPEN;
      }
    }
    return state;
  }

  /** All of it, with the borrows that were told what others had met. */
  CircuitSnapshot snapshot(long untried) {
    return new CircuitSnapshot(
        server.state(),
        server.failures(),
        openings,
        untried,
        openByTenant.size(),
        places.bound(),
        replacements.now());
  }
}
