package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PresenceBookTest {

  private static final String SERVER = StubPool.SERVER;

  private final ManualTicker ticker = new ManualTicker();
  private final StubPool pool = new StubPool();
  private final List<String> events = new ArrayList<>();
  private final PresenceBook book =
      new PresenceBook(
          pool,
          new Presence.Stage() {
            @Override
            public Presence server(String server) {
              return recording(server);
            }

            @Override
            public Presence tenant(String server, String tenant) {
              return recording(tenant);
            }
          },
          ticker);

  @Test
  void aTenantThatFlapsIsShownOnceAndNeverHidden() {
    for (int i = 0; i < 1000; i++) {
      live("acme");
      dormant("acme");
      book.sweep(false);
      ticker.advance(PresenceBook.GRACE_NANOS / 10);
      live("acme");
    }
    assertEquals(List.of("+" + SERVER, "+acme"), events);
  }

  @Test
  void aDormantTenantIsHiddenAfterItsGraceAndNotBefore() {
    live("acme");
    dormant("acme");
    ticker.advance(PresenceBook.GRACE_NANOS - 1);
    book.sweep(false);
    assertFalse(events.contains("-acme"));
    assertFalse(book.isSettled());
    ticker.advance(1);
    book.sweep(false);
    assertTrue(events.contains("-acme"));
    assertTrue(book.isSettled());
  }

  @Test
  void aDormantEventThatOvertookALiveOneHidesNobody() {
    live("acme");
    book.tenantDormant(SERVER, "acme");
    ticker.advance(PresenceBook.GRACE_NANOS);
    book.sweep(false);
    assertFalse(events.contains("-acme"));
  }

  @Test
  void aLiveEventThatWasOvertakenByADormantOneIsPutRightByTheAudit() {
    pool.tenant("acme", false);
    book.tenantLive(SERVER, "acme");
    ticker.advance(PresenceBook.AUDIT_NANOS);
    book.sweep(false);
    ticker.advance(PresenceBook.GRACE_NANOS);
    book.sweep(false);
    assertTrue(events.contains("-acme"));
  }

  @Test
  void lostEventsAreMadeUpForFromSnapshots() {
    live("gone");
    pool.tenant("gone", false);
    pool.tenant("new", true);
    book.sweep(true);
    assertTrue(events.contains("+new"));
    ticker.advance(PresenceBook.GRACE_NANOS);
    book.sweep(false);
    assertTrue(events.contains("-gone"));
  }

  @Test
  void manyNewTenantsAreShownAFewAtATime() {
    int all = PresenceBook.NEWCOMERS_PER_SWEEP + 5;
    for (int i = 0; i < all; i++) {
      live("t" + i);
    }
    assertEquals(PresenceBook.NEWCOMERS_PER_SWEEP, shownTenants());
    book.sweep(false);
    assertEquals(all, shownTenants());
  }

  @Test
  void aQueuedTenantThatIsDormantAtItsTurnIsNotShown() {
    for (int i = 0; i < PresenceBook.NEWCOMERS_PER_SWEEP; i++) {
      live("t" + i);
    }
    live("brief");
    dormant("brief");
    book.sweep(false);
    assertFalse(events.contains("+brief"));
  }

  @Test
  void theQueueOfNewcomersIsBoundedAndTheAuditFindsTheRest() {
    int all = PresenceBook.NEWCOMERS_PER_SWEEP + PresenceBook.MAX_QUEUED + 1;
    for (int i = 0; i < all; i++) {
      live("t" + i);
    }
    for (int i = 0; i < PresenceBook.MAX_QUEUED; i++) {
      book.sweep(false);
    }
    assertEquals(all - 1, shownTenants());
    book.sweep(true);
    assertEquals(all, shownTenants());
  }

  @Test
  void samplesReachTheServerAndTheTenantThatIsShown() {
    live("acme");
    events.clear();
    book.samples(new Samples(SERVER, "acme", 1, 10, 0));
    book.samples(new Samples(SERVER, "unknown", 1, 10, 0));
    assertEquals(
        List.of(
            SERVER + " borrowed 10",
            "acme borrowed 10",
            SERVER + " returned 20",
            "acme returned 20",
            SERVER + " borrowed 10",
            SERVER + " returned 20"),
        events);
  }

  private void audits(long nanos) {
    for (long passed = 0; passed < nanos; passed += PresenceBook.AUDIT_NANOS) {
      ticker.advance(PresenceBook.AUDIT_NANOS);
      book.sweep(false);
    }
  }

  @Test
  void aServerThatNobodyAsksIsHiddenAndShownAgainWhenSomebodyDoes() {
    live("acme");
    dormant("acme");
    pool.inUse = 0;
    audits(PresenceBook.GONE_NANOS);
    assertFalse(events.contains("-" + SERVER), "not before its time");
    audits(PresenceBook.AUDIT_NANOS);
    assertTrue(events.contains("-" + SERVER));
    audits(PresenceBook.GONE_NANOS);
    assertEquals(1, events.stream().filter(("+" + SERVER)::equals).count(), "shown once");
    pool.borrows++;
    live("acme");
    assertEquals(2, events.stream().filter(("+" + SERVER)::equals).count(), "and again");
    audits(PresenceBook.AUDIT_NANOS);
    assertEquals(1, events.stream().filter(("-" + SERVER)::equals).count());
  }

  @Test
  void aServerThatIsAskedInVainOrHasSomethingOpenStays() {
    book.serverAdded(SERVER);
    audits(2 * PresenceBook.GONE_NANOS);
    pool.inUse = 0;
    for (int i = 0; i < 3; i++) {
      audits(PresenceBook.GONE_NANOS - PresenceBook.AUDIT_NANOS);
      pool.borrows++;
    }
    assertFalse(events.contains("-" + SERVER));
  }

  @Test
  void closingHidesEverything() {
    live("acme");
    book.close();
    assertTrue(events.containsAll(List.of("-acme", "-" + SERVER)));
  }

  private long shownTenants() {
    return events.stream().filter(e -> e.startsWith("+t")).count();
  }

  private void live(String tenant) {
    pool.tenant(tenant, true);
    book.tenantLive(SERVER, tenant);
  }

  private void dormant(String tenant) {
    pool.tenant(tenant, false);
    book.tenantDormant(SERVER, tenant);
  }

  private Presence recording(String name) {
    events.add("+" + name);
    return new Presence() {
      @Override
      public void borrowed(long nanos) {
        events.add(name + " borrowed " + nanos);
      }

      @Override
      public void returned(long nanos) {
        events.add(name + " returned " + nanos);
      }

      @Override
      public void opened(long nanos) {
        events.add(name + " opened " + nanos);
      }

      @Override
      public void timedOut() {
        events.add(name + " timed out");
      }

      @Override
      public void resetTimes() {
        events.add(name + " reset");
      }

      @Override
      public void close() {
        events.add("-" + name);
      }
    };
  }
}
