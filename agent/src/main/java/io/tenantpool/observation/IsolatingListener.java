package io.tenantpool.observation;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes each event to several listeners; the failure of one reaches neither pool nor others. */
final class IsolatingListener implements PoolListener {

  private final List<PoolListener> listeners;
  private final ConnectionWatch watch;
  private final Faults faults;

  IsolatingListener(List<PoolListener> listeners, Faults faults) {
    this(listeners, ConnectionWatch.NOBODY, faults);
  }

  /** With a watch that isolates the failures of its parts itself. */
  IsolatingListener(List<PoolListener> listeners, ConnectionWatch watch, Faults faults) {
    this.listeners = List.copyOf(listeners);
    this.watch = watch;
    this.faults = faults;
  }

  @Override
  public ConnectionWatch watch() {
    return watch;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  private void each(String event, Consumer<PoolListener> call) {
    for (PoolListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (Throwable failure) {
        faults.report(
            FaultKind.OBSERVATION,
            "a listener failed: " + listener.getClass().getSimpleName() + "." + event,
            failure);
      }
    }
  }

  @Override
  public void serverAdded(String server) {
    each("serverAdded", l -> l.serverAdded(server));
  }

  @Override
  public void budgetLowered(String server, int configured, int allowed) {
    each("budgetLowered", l -> l.budgetLowered(server, configured, allowed));
  }

  @Override
  public void budgetRaised(String server, int configured, int allowed) {
    each("budgetRaised", l -> l.budgetRaised(server, configured, allowed));
  }

  @Override
  public void neighboursFound(String server, int budget, int left) {
    each("neighboursFound", l -> l.neighboursFound(server, budget, left));
  }

  @Override
  public void neighboursGone(String server, int budget) {
    each("neighboursGone", l -> l.neighboursGone(server, budget));
  }

  @Override
  public void turnedAway(String server, String tenant, RefusalCause cause, String message) {
    each("turnedAway", l -> l.turnedAway(server, tenant, cause, message));
  }

  @Override
  public void heldAndWaited(String server, String tenant, long waitedNanos, String holders) {
    each("heldAndWaited", l -> l.heldAndWaited(server, tenant, waitedNanos, holders));
  }

  @Override
  public void lastConnectionLent(String server, String tenant, int waiting) {
    each("lastConnectionLent", l -> l.lastConnectionLent(server, tenant, waiting));
  }

  @Override
  public void budgetExhausted(String server, int budget, int waiting) {
    each("budgetExhausted", l -> l.budgetExhausted(server, budget, waiting));
  }

  @Override
  public void leakSuspected(String server, Holder holder) {
    each("leakSuspected", l -> l.leakSuspected(server, holder));
  }

  @Override
  public void tenantLive(String server, String tenant) {
    each("tenantLive", l -> l.tenantLive(server, tenant));
  }

  @Override
  public void tenantDormant(String server, String tenant) {
    each("tenantDormant", l -> l.tenantDormant(server, tenant));
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    each("opened", l -> l.opened(server, tenant, id, nanos));
  }

  @Override
  public void openFailed(String server, String tenant, Exception failure, long nanos) {
    each("openFailed", l -> l.openFailed(server, tenant, failure, nanos));
  }

  @Override
  public void circuit(
      String server, String tenant, CircuitState state, int failures, @Nullable SQLException last) {
    each("circuit", l -> l.circuit(server, tenant, state, failures, last));
  }

  @Override
  public void openRefused(String server, String tenant, int open, int budget) {
    each("openRefused", l -> l.openRefused(server, tenant, open, budget));
  }

  @Override
  public void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {
    each("closed", l -> l.closed(server, tenant, id, cause, ageNanos));
  }

  @Override
  public void reset(String server, String tenant, long id, long nanos) {
    each("reset", l -> l.reset(server, tenant, id, nanos));
  }

  @Override
  public void resetFailed(String server, String tenant, long id, Exception failure) {
    each("resetFailed", l -> l.resetFailed(server, tenant, id, failure));
  }

  @Override
  public void pinned(
      String server,
      String tenant,
      long id,
      Pin cause,
      @Nullable StackTraceElement site,
      boolean isNew) {
    each("pinned", l -> l.pinned(server, tenant, id, cause, site, isNew));
  }

  @Override
  public void notPooled(Unpooled one) {
    each("notPooled", l -> l.notPooled(one));
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    each("timedOut", l -> l.timedOut(server, tenant, waitedNanos, message));
  }

  @Override
  public void samples(BorrowSamples samples) {
    each("samples", l -> l.samples(samples));
  }

  @Override
  public void watched(BorrowSamples samples) {
    each("watched", l -> l.watched(samples));
  }
}
