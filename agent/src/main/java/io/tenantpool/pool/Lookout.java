package io.tenantpool.pool;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When those who wait look at the {@link ConnectGate} again, while it keeps them from a permit that
 * there is: nothing else would tell them that it has opened, for it opens with time. One of whom
 * its own key's circuit is shut is held back, and another waiter is its tenant's candidate. Not
 * thread-safe: the server's lock guards it.
 */
final class Lookout {

  private final ConnectGate gate;
  private final WaitingLine line;
  private final Outbox outbox;

  Lookout(ConnectGate gate, WaitingLine line, Outbox outbox) {
    this.gate = gate;
    this.line = line;
    this.outbox = outbox;
  }

  /** Whether this is the moment for it to connect; if not, it will look again. */
  boolean mayConnect(Waiter waiter) {
    long nanos = gate.waitNanos(waiter.key());
    if (nanos > 0) {
      looksIn(waiter, nanos);
    }
    return nanos == 0;
  }

  /** It is to look when the gate may have opened for it. */
  void lookAgain(Waiter waiter) {
    looksIn(waiter, gate.waitNanos(waiter.key()));
  }

  private void looksIn(Waiter waiter, long nanos) {
    looksAt(waiter, gate.now() + nanos);
  }

  /** It is to look then, if not before. */
  void looksAt(Waiter waiter, long moment) {
    if (!waiter.looks() || moment - waiter.looksAt() < 0) {
      waiter.lookAt(moment);
      outbox.wake(waiter);
    }
  }

  /**
   * Looks at the circuit of the waiter's key: while that is shut, another waiter is the candidate.
   */
  void holdBack(Waiter waiter) {
    long nanos = gate.keyWaitNanos(waiter.key());
    waiter.heldBack(nanos > 0);
    waiter.tenant().changed(waiter);
    if (nanos > 0) {
      looksIn(waiter, nanos);
    }
  }

  /** The circuit of a key of the tenant is another one now. */
  void circuitChanged(TenantPool tenant) {
    tenant.waiters().forEach(this::holdBack);
    line.refresh(tenant);
  }

  /** The first candidate whose own circuit is not shut. */
  @Nullable Waiter unlessShut(Supplier<@Nullable Waiter> first) {
    while (true) {
      Waiter waiter = first.get();
      if (waiter == null || gate.keyWaitNanos(waiter.key()) == 0) {
        return waiter;
      }
      holdBack(waiter);
      line.refresh(waiter.tenant());
    }
  }

  /**
   * It has left the line, and may have been the one who looks for all others, or for those of its
   * tenant, who may wait for one of their own while that is at its cap.
   */
  void left(Waiter waiter) {
    if (!waiter.looks()) {
      return;
    }
    Waiter first = line.first();
    if (first != null) {
      looksAt(first, waiter.looksAt());
    }
    Waiter own = waiter.tenant().firstWaiter();
    if (own != null && own != first) {
      looksAt(own, waiter.looksAt());
    }
  }
}
