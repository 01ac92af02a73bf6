package io.tenantpool.pool;

import io.tenantpool.connection.Origin;
import io.tenantpool.routing.PoolKey;
import org.jspecify.annotations.Nullable;

/**
 * One thread in the waiting line. It leaves the line in exactly one way: {@linkplain #grant
 * granted} a slot, or abandoned by its own thread (timed out, interrupted). A slot that was granted
 * belongs to this thread whatever happens next: a waiter that gives up looks for a grant first,
 * under the lock, so no permit is lost.
 *
 * <p>A {@linkplain #signal signal} is no grant: a connection of its tenant was free a moment ago,
 * the thread may try to get it, and stays in its place in the line when somebody was faster.
 */
final class Waiter {

  private final TenantPool tenant;
  private final PoolKey key;
  private final @Nullable Origin origin;
  private final Thread thread;
  private final Held held;
  private final long order;
  private final long since;
  private boolean patient;
  private @Nullable Slot granted;
  private boolean signalled;

  // Its place among the candidates of a WaitingLine.
  int rank;
  int handicap;
  boolean inNeed;
  long turn;

  private long stoodAt;
  private WaitCause cause = WaitCause.BUDGET;

  /** Its key in its {@link TenantLine}. */
  long place;

  private volatile boolean called;
  private volatile long lookAt;
  private volatile boolean looks;
  private boolean heldBack;
  private @Nullable NotTried refusal;

  /**
   * Whether its thread has gone without having been able to leave the line. Written by that thread,
   * by nothing but a write of this field.
   */
  volatile boolean isLeft;

  /** Written before anybody else knows of it. */
  private boolean turnedAway;

  private long expectedNanos;

  Waiter(
      TenantPool tenant,
      PoolKey key,
      @Nullable Origin origin,
      Thread thread,
      Held held,
      boolean patient,
      long order,
      long since) {
    this.tenant = tenant;
    this.key = key;
    this.origin = origin;
    this.thread = thread;
    this.held = held;
    this.patient = patient;
    this.order = order;
    this.since = since;
  }

  /** There is no place for it in the line. */
  void turnAway() {
    turnedAway = true;
  }

  /** How long it is expected to wait at least; 0 when nothing is known. */
  void expect(long nanos) {
    expectedNanos = nanos;
  }

  long expectedNanos() {
    return expectedNanos;
  }

  /**
   * Why it is not to wait although it has {@code nanos} to do so; null when it may. What is
   * expected has to be well beyond that, for it is no more than expected.
   */
  @Nullable RefusalCause refusal(long nanos) {
    if (turnedAway) {
      return RefusalCause.LINE_FULL;
    }
    return expectedNanos / 2 > nanos ? RefusalCause.HOPELESS : null;
  }

  /** Hands the slot over for good. */
  void grant(Slot slot) {
    granted = slot;
    slot.grantedTo(this);
    called = true;
  }

  /** Asks the thread to try again. */
  void signal() {
    signalled = true;
    called = true;
  }

  /** Asks the thread to come and look: something other than a free connection has happened. */
  void call() {
    called = true;
  }

  /** The thread came; true when it had been signalled. */
  boolean answered() {
    boolean was = signalled;
    signalled = false;
    called = granted != null || refusal != null;
    return was;
  }

  /** It is out of the line: a connect of its own would have met what others met. */
  void refuse(NotTried why) {
    refusal = why;
    called = true;
  }

  /** Why it is out of the line; null while it is not for that. */
  @Nullable NotTried refusal() {
    return refusal;
  }

  /** At that moment its thread is to look whether somebody may connect. */
  void lookAt(long moment) {
    lookAt = moment;
    looks = true;
  }

  /** It need not look. */
  void looksNoMore() {
    looks = false;
  }

  /** Whether it is to look whether somebody may connect. Read without the lock, too. */
  boolean looks() {
    return looks;
  }

  /** When; of no meaning if it is not to look. */
  long looksAt() {
    return lookAt;
  }

  /** Whether the circuit of its pool key keeps it from being a candidate for a connect. */
  void heldBack(boolean on) {
    heldBack = on;
  }

  boolean isHeldBack() {
    return heldBack;
  }

  /**
   * Whether the thread has a reason to take the lock and look; the only thing that is read without
   * the lock.
   */
  boolean isCalled() {
    return called;
  }

  void losePatience() {
    patient = false;
  }

  TenantPool tenant() {
    return tenant;
  }

  PoolKey key() {
    return key;
  }

  /** The application pool that asks; null for the application itself. */
  @Nullable Origin origin() {
    return origin;
  }

  Thread thread() {
    return thread;
  }

  /** What the thread has of the tenant already. */
  Held held() {
    return held;
  }

  /**
   * Whether the thread holds another lease of the tenant, so that the tenant's cap must not stop
   * it. Where only the budget bounds the tenant, one that holds many is like any other.
   */
  boolean isNested() {
    return held.isIn(tenant.exempt());
  }

  /**
   * Whether it waits for a connection that is being made clean right now rather than have another
   * one opened.
   */
  boolean isPatient() {
    return patient;
  }

  long order() {
    return order;
  }

  /** It stands in the line from now on. */
  void standsAt(long now) {
    stoodAt = now;
  }

  /** What it waits for, as far as that can be told when it begins. */
  void waitsFor(WaitCause what) {
    cause = what;
  }

  WaitCause cause() {
    return cause;
  }

  /** Since when it has stood in the line. */
  long stoodAt() {
    return stoodAt;
  }

  /** When it began to wait. */
  long since() {
    return since;
  }

  @Nullable Slot granted() {
    return granted;
  }

  boolean isSignalled() {
    return signalled;
  }
}
