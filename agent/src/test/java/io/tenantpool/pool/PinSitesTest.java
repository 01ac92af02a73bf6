package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.Lease;
import io.tenantpool.connection.Pin;
import io.tenantpool.routing.TestRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where leases are pinned: each place once, and never more places than there is room for. */
class PinSitesTest {

  private final PinSites sites = new PinSites();

  private static StackTraceElement line(int number) {
    return new StackTraceElement("com.acme.Dao", "load", "Dao.java", number);
  }

  private List<PinSite> table() {
    return PinSite.byCount(sites.snapshot());
  }

  @Test
  void aPlaceIsNewOnceAndThenCounted() {
    assertTrue(sites.pinned(Pin.UNWRAPPED, line(42), "a", 1000).isNew());
    assertFalse(sites.pinned(Pin.UNWRAPPED, line(42), "b", 3000).isNew());
    assertEquals(
        List.of(new PinSite(Pin.UNWRAPPED, "com.acme.Dao.load(Dao.java:42)", "b", 2, 1000, 3000)),
        table());
  }

  @Test
  void anotherLineAndAnotherCauseAreOtherPlaces() {
    assertTrue(sites.pinned(Pin.UNWRAPPED, line(42), "a", 1).isNew());
    assertTrue(sites.pinned(Pin.UNWRAPPED, line(43), "a", 1).isNew());
    assertTrue(sites.pinned(Pin.TRANSACTION, line(42), "a", 1).isNew());
    assertEquals(3, table().size());
  }

  @Test
  void theMostFrequentComesFirst() {
    sites.pinned(Pin.UNWRAPPED, line(1), "a", 1);
    for (int i = 0; i < 3; i++) {
      sites.pinned(Pin.BATCH, line(2), "a", 1);
    }
    sites.pinned(Pin.LOCATOR, line(3), "a", 1);
    sites.pinned(Pin.LOCATOR, line(3), "a", 1);
    assertEquals(List.of(3L, 2L, 1L), table().stream().map(PinSite::count).toList());
  }

  @Test
  void whatFindsNoRoomIsCountedTogetherForEachCauseAndIsNewOnce() {
    for (int i = 0; i < PinSites.CAPACITY; i++) {
      assertTrue(sites.pinned(Pin.UNWRAPPED, line(i), "a", 1).isNew());
    }
    assertEquals(
        new PinSites.Sighting(null, true), sites.pinned(Pin.UNWRAPPED, line(9_001), "b", 5));
    assertEquals(
        new PinSites.Sighting(null, false), sites.pinned(Pin.UNWRAPPED, line(9_002), "c", 6));
    assertEquals(new PinSites.Sighting(null, true), sites.pinned(Pin.BATCH, line(9_001), "d", 7));
    assertEquals(
        new PinSites.Sighting(line(0), false),
        sites.pinned(Pin.UNWRAPPED, line(0), "a", 8),
        "those that are there are told apart as before");
    assertEquals(
        new PinSite(Pin.UNWRAPPED, PinSite.OTHER, "c", 2, 5, 6),
        table().stream().filter(s -> s.tenant().equals("c")).findFirst().orElseThrow());
  }

  @Test
  void howeverManyPlacesThereAreTheTableStaysSmallAndItsSumIsRight() {
    for (int i = 0; i < 10_000; i++) {
      for (Pin cause : Pin.values()) {
        sites.pinned(cause, line(i), "a", i);
      }
    }
    assertTrue(table().size() <= PinSites.CAPACITY + Pin.values().length, table()::toString);
    for (Pin cause : Pin.values()) {
      assertEquals(
          10_000, table().stream().filter(s -> s.cause() == cause).mapToLong(PinSite::count).sum());
    }
  }

  @Test
  void aPlaceThatNobodyKnowsIsCountedWithTheRest() {
    PinSites.Sighting seen = sites.pinned(Pin.TRANSACTION, null, "a", 1);
    assertTrue(seen.isNew());
    assertNull(seen.site());
    assertEquals(PinSite.OTHER, table().get(0).site());
  }

  @Test
  void eachServerTellsItsPlacesApart() throws Exception {
    StubServer server = new StubServer();
    RecordingListener events = new RecordingListener();
    try (PoolManager manager =
        new PoolManager(TestSettings.budget(4), new ManualTicker(), events)) {
      assertEquals(List.of(), manager.pinSites("db:5432"));
      Lease lease = manager.borrow(TestRoutes.route("a"), server.opener());
      events.take();
      lease.pinned(Pin.UNWRAPPED, line(42));
      lease.pinned(Pin.UNWRAPPED, line(42));
      lease.end();
      assertEquals(
          List.of(
              "pinned a UNWRAPPED com.acme.Dao.load(Dao.java:42) new",
              "pinned a UNWRAPPED com.acme.Dao.load(Dao.java:42)"),
          events.take().stream().filter(line -> line.startsWith("pinned")).toList());
      List<PinSite> shown = manager.pinSites("db:5432");
      assertEquals(1, shown.size());
      assertEquals(2, shown.get(0).count());
      assertEquals(List.of(), manager.pinSites("other:5432"));
    }
  }
}
