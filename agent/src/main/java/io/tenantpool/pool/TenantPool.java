package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's connections, waiters and figures. Without connections it is its name, its figures
 * and nothing else: no collection, no thread, no pool key. Not thread-safe: the server's lock
 * guards it.
 */
final class TenantPool {

  /** So that weights make a difference between few connections. */
  private static final int LEVELS = 100;

  /** Whoever is below its minimum comes before those who have waited for so many quanta longer. */
  private static final int PRIVILEGE = 10 * LEVELS;

  /** Who may exceed a cap: a set of {@link Held}. */
  private static final int NESTED = Held.FEW.bit() | Held.MANY.bit();

  private final String name;
  private final boolean system;
  private TenantShare share;
  private boolean limitedByHand;
  private final Exemption exemption;
  private final Counters counters = new Counters();
  private String url = "";
  private long lastUsedAt;
  private long lastReturn;
  private boolean announced;

  /** Slots that are open or on the way there; those doomed or being closed are not among them. */
  private int usable;

  /** Slots that a borrower owns: leased, or being opened, validated or reset for one. */
  private int lent;

  /** Slots that the reset worker makes clean right now. */
  private int resetting;

  /**
   * Nanoseconds for which borrowers reset sessions themselves or awaited a reset, since the tenant
   * last got a connection because of that.
   */
  private long rent;

  /** Waiters with a signal under way; each has one free connection promised. */
  private int signalled;

  /** Null unless its connects are known not to be answered. */
  private @Nullable Unanswered unanswered;

  private @Nullable ArrayList<Slot> slots;
  private @Nullable ArrayList<Slot> ready;

  /** Null while nobody waits. */
  private @Nullable TenantLine line;

  /** Its entry in the line of those that other tenants' connections could serve. */
  @Nullable Waiter candidate;

  /** What it adds to those whom that line serves before a newcomer. */
  int inFront;

  /** How often it is used. */
  double frequency = UseFrequency.NEVER;

  // Its places in the directories of an OrderDuel.
  int inFrequent = TenantHeap.NOWHERE;
  int inRecent = TenantHeap.NOWHERE;
  long lastAsked;

  // Its place in a TenantOrder.
  @Nullable TenantOrder order;
  @Nullable TenantPool older;
  @Nullable TenantPool newer;
  long place;
  boolean late;
  int inHeap = TenantHeap.NOWHERE;
  double frequencyInPlace;

  TenantPool(String name, boolean system, TenantShare share, Exemption exemption) {
    this.exemption = exemption;
    this.name = name;
    this.system = system;
    this.share = share;
  }

  void add(Slot slot) {
    if (slots == null) {
      slots = new ArrayList<>(2);
    }
    slots.add(slot);
    usable(usable + 1);
    lent(1);
    counters.connecting++;
    url = slot.key().displayUrl();
    if (unanswered != null) {
      unanswered.began();
    }
  }

  /** The connect of one of its slots is over. */
  void connected() {
    counters.connecting--;
    if (unanswered != null) {
      unanswered.over();
    }
  }

  /** Whether its connects are known not to be answered; null takes that back. */
  void unanswered(@Nullable Unanswered known) {
    unanswered = known;
  }

  /** Whether its last connect was not answered, as far as is known. */
  boolean isUnanswered() {
    return unanswered != null;
  }

  /** Whether it may not begin a connect, whatever its cap: see {@link Unanswered}. */
  boolean isHeld() {
    return unanswered != null && unanswered.isHeld(this);
  }

  void remove(Slot slot) {
    if (slots != null) {
      slots.remove(slot);
      if (slots.isEmpty()) {
        slots = null;
        ready = null;
      }
    }
  }

  /** See {@link LedgerRepair}; {@code all} in the order in which they became free. */
  void recount(List<Slot> all) {
    slots = null;
    ready = null;
    usable(0);
    lent = 0;
    resetting = 0;
    signalled = 0;
    counters.connecting = 0;
    for (Slot slot : all) {
      if (slot.tenant() == this) {
        slots = slots == null ? new ArrayList<>(2) : slots;
        slots.add(slot);
        usable(usable + (slot.isUsable() ? 1 : 0));
        lent += slot.isLent() ? 1 : 0;
        counters.connecting += slot.state() == SlotState.OPENING ? 1 : 0;
        resetting += slot.isWithWorker() ? 1 : 0;
        if (slot.isReady()) {
          addReady(slot);
        }
      }
    }
    for (Waiter waiter : List.copyOf(waiters())) {
      if (waiter.granted() != null) {
        removeWaiter(waiter, false);
      }
    }
    if (line != null) {
      line.recount();
    }
    for (Waiter waiter : waiters()) {
      signalled += waiter.isSignalled() ? 1 : 0;
    }
    counters.active = 0;
    for (Slot slot : slots()) {
      counters.active += slot.state() == SlotState.ACTIVE ? 1 : 0;
    }
    counters.waiting = waiters().size();
  }

  void addReady(Slot slot) {
    if (ready == null) {
      ready = new ArrayList<>(2);
    }
    ready.add(slot);
  }

  /** False when it was not among the free ones. */
  boolean removeReady(Slot slot) {
    // The last one that became free is nearly always the one.
    int place = ready == null ? -1 : ready.lastIndexOf(slot);
    if (place >= 0) {
      ready().remove(place);
    }
    return place >= 0;
  }

  boolean hasReady() {
    return ready != null && !ready.isEmpty();
  }

  /** The free connection that has been free for the longest time. */
  @Nullable Slot stalest() {
    return hasReady() ? ready().get(0) : null;
  }

  /**
   * The same of those whose session no application {@linkplain Slot#isRemembered remembers}; null
   * without one.
   */
  @Nullable Slot stalestUnremembered() {
    List<Slot> free = ready();
    for (int i = 0; i < free.size(); i++) {
      if (!free.get(i).isRemembered()) {
        return free.get(i);
      }
    }
    return null;
  }

  /**
   * How many leases of this tenant the thread has, so that waiting for another one might be waiting
   * for itself.
   */
  Held heldBy(Thread thread) {
    int held = 0;
    List<Slot> all = slots();
    for (int i = 0; i < all.size(); i++) {
      held += all.get(i).borrower() == thread ? 1 : 0;
    }
    return Held.of(held);
  }

  void addWaiter(Waiter waiter, long now) {
    if (line == null) {
      line = new TenantLine(now);
    }
    line.add(waiter);
    exemption.lastLease().waits(waiter);
  }

  boolean removeWaiter(Waiter waiter, boolean moves) {
    boolean removed = line != null && line.remove(waiter, moves);
    if (removed) {
      exemption.lastLease().waitsNoMore(waiter);
    }
    if (line != null && line.isEmpty()) {
      line = null;
    }
    return removed;
  }

  /** To be called when a waiter was signalled, has come because of that, or lost its patience. */
  void changed(Waiter waiter) {
    if (line != null) {
      line.changed(waiter);
    }
  }

  boolean hasWaiters() {
    return line != null;
  }

  /** How fast its line moves; 0 when that cannot be told. */
  double departuresPerNano(long now) {
    return line == null ? 0 : line.rate().perNano(now);
  }

  int waiting() {
    return line == null ? 0 : line.waiters().size();
  }

  @Nullable Waiter firstWaiter() {
    return line == null ? null : line.first();
  }

  Set<Waiter> waiters() {
    return line == null ? Set.of() : line.waiters();
  }

  /** The first waiter whom one more lease of this tenant may serve, with that free connection. */
  @Nullable Waiter nextToLend(Slot slot, boolean mayConnect) {
    return line == null ? null : line.nextToLend(slot, lendable(0), mayConnect);
  }

  /** Free connections that are promised to nobody. */
  int spare() {
    return ready().size() - signalled;
  }

  /** The first waiter who may be told of that free connection and has not been told of one yet. */
  @Nullable Waiter nextToSignal(Slot slot, boolean mayConnect) {
    return line == null ? null : line.nextToSignal(slot, lendable(signalled), mayConnect);
  }

  /** Who may be lent one more, beside those that are promised: a set of {@link Held}. */
  private int lendable(int promised) {
    int within = lent + promised < share.cap() ? Held.ALL : exempt();
    return isUnaffected() ? within : within & exemption.lastLease().lendable();
  }

  /** Whom the cap does not keep from one more: a set of {@link Held}. */
  int exempt() {
    return isCapped() ? NESTED : Held.FEW.bit();
  }

  /** Whether the rule of the {@link LastLease} is not for it. */
  private boolean isUnaffected() {
    return system || !share.isElastic();
  }

  /** The first waiter for whom this tenant may have one more connection. */
  @Nullable Waiter nextToGrow() {
    return line == null ? null : line.nextToGrow(mayGrow() ? Held.ALL : exempt(), resetting > 0);
  }

  boolean isLive() {
    return slots != null || line != null;
  }

  List<Slot> slots() {
    return slots == null ? List.of() : slots;
  }

  List<Slot> ready() {
    return ready == null ? List.of() : ready;
  }

  /** Remembers whether the tenant is said to be live; true when that is news. */
  boolean announce(boolean live) {
    boolean news = announced != live;
    announced = live;
    return news;
  }

  void usedAt(long now) {
    lastUsedAt = now;
  }

  /**
   * It gave a connection back.
   *
   * @param number the server's returns so far
   */
  void returnedAt(long now, long number) {
    lastUsedAt = now;
    lastReturn = number;
  }

  void takenByBorrower() {
    lent(1);
  }

  void leftByBorrower() {
    lent(-1);
  }

  private void lent(int by) {
    lent += by;
    exemption.lastLease().lent(system, by);
  }

  void lost() {
    usable(usable - 1);
  }

  private void usable(int now) {
    int before = above();
    usable = now;
    exemption.changed(above() - before);
  }

  /** Connections that it has above its cap. */
  int above() {
    return Math.max(0, usable - share.cap());
  }

  void signalSent() {
    signalled++;
  }

  void signalAnswered() {
    signalled--;
  }

  /** A borrower was held up by a reset for so long; one connection more would have spared it. */
  void payRent(long nanos) {
    if (mayGrow()) {
      rent += nanos;
    }
  }

  long rent() {
    return rent;
  }

  /** The tenant gets the connection for which it has paid. */
  void rentIsOver() {
    rent = 0;
  }

  void resetBegins() {
    resetting++;
  }

  void resetEnds() {
    resetting--;
  }

  /** Whether a thread may have one of its free connections that has waited for so long. */
  boolean mayLend(Held held, long waitedNanos) {
    return lent < share.cap() && mayUse(held, waitedNanos);
  }

  /**
   * Whether the server's last connection is not kept from a thread of it that has waited for so
   * long; whatever its cap says.
   */
  boolean mayUse(Held held, long waitedNanos) {
    return isUnaffected() || exemption.lastLease().allows(held, waitedNanos, false);
  }

  /** The same for one that is to be opened on a permit that is free. */
  boolean mayOpen(Held held, long waitedNanos) {
    return isUnaffected() || exemption.lastLease().allows(held, waitedNanos, hasItsShare());
  }

  boolean mayGrow() {
    return usable < share.cap() && !isHeld();
  }

  boolean isAtLimit() {
    return usable >= share.cap();
  }

  /** Whether something less than the budget bounds what it may have. */
  boolean isCapped() {
    return share.cap() < exemption.configuredBudget();
  }

  /** Whether one connection more is beyond what it is sure of. */
  boolean hasItsShare() {
    return usable >= share.share() && share.isElastic();
  }

  /** Whether one connection more is its first one, or one that it comes before others with. */
  boolean isInNeed() {
    return usable == 0 || usable < share.minimum() || !share.isElastic();
  }

  /** Whether it has more than it is sure of: that goes first when others come. */
  boolean isAboveShare() {
    return usable > share.share() && share.isElastic();
  }

  /** Connections that it has above its share. */
  int aboveShare() {
    return Math.max(0, usable - share.share());
  }

  /** In which turn it gets one connection more: below its share, or above. */
  int rank() {
    return hasItsShare() ? 1 : 0;
  }

  /**
   * What it has already beside its weight, in hundredths of a connection: others come before it.
   * Negative below its minimum: it comes before others, but not for ever, however many such tenants
   * there are.
   */
  int handicap() {
    if (usable < share.minimum()) {
      return -PRIVILEGE;
    }
    return share.isElastic() ? level(usable) : 0;
  }

  private int level(int connections) {
    return connections * LEVELS / share.weight();
  }

  /** Whether it would still have no more than that one, beside their weights, with one more. */
  boolean isPoorerThan(TenantPool other) {
    return level(usable + 1) < other.level(other.usable);
  }

  /** Whether it may have one connection more for that waiter, be it above its cap. */
  boolean mayGrowFor(Waiter waiter) {
    if (waiter.held() == Held.MANY && !isUnaffected() && !exemption.lastLease().isFor(Held.MANY)) {
      return false;
    }
    return mayGrow() || (waiter.isNested() && mayGrowNested());
  }

  /** Whether a thread that holds a connection of it may have one more. */
  boolean mayGrowNested() {
    return !isAtLimit() || mayExceed();
  }

  /** Whether a thread that holds a connection of it may have one more above the cap. */
  boolean mayExceed() {
    return exemption.allows(usable, share.cap());
  }

  int lent() {
    return lent;
  }

  int usable() {
    return usable;
  }

  int signalled() {
    return signalled;
  }

  int resetting() {
    return resetting;
  }

  String name() {
    return name;
  }

  boolean isSystem() {
    return system;
  }

  /** Its cap. */
  int limit() {
    return share.cap();
  }

  TenantShare share() {
    return share;
  }

  /** Whether an operator has set its cap by hand. */
  boolean isLimitedByHand() {
    return limitedByHand;
  }

  /** Sets share and cap anew; see {@link LimitChange}. */
  void share(TenantShare other, boolean byHand) {
    limitedByHand = byHand;
    int before = above();
    share = other;
    exemption.changed(above() - before);
  }

  Counters counters() {
    return counters;
  }

  String url() {
    return url;
  }

  /** When it last borrowed or returned, by the ticker. */
  long lastUsedAt() {
    return lastUsedAt;
  }

  /** The number of its last return among all those to the server; 0 before the first one. */
  long lastReturn() {
    return lastReturn;
  }
}
