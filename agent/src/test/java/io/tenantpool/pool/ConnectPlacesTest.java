package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many may connect at once after an outage. */
class ConnectPlacesTest {

  private static final long CALM = 5_000_000;

  private final ConnectCost cost = new ConnectCost();
  private final ConnectPlaces places = new ConnectPlaces(cost, 3);

  private void connectsTook(long nanos) {
    for (int i = 0; i < 100; i++) {
      cost.measured(nanos);
    }
  }

  @Test
  void inCalmOperationThereIsNoBound() {
    assertTrue(places.hasRoom(1_000_000));
    assertEquals(0, places.bound());
    places.opened(CALM, 100);
    assertEquals(0, places.bound());
  }

  @Test
  void afterAnOutageTwoForEachProcessorMayConnectFourAtLeast() {
    places.outage();
    assertTrue(places.hasRoom(5));
    assertFalse(places.hasRoom(6));
    ConnectPlaces small = new ConnectPlaces(cost, 1);
    small.outage();
    assertEquals(4, small.bound());
  }

  @Test
  void thereIsOneMoreWithEachConnectThatIsAsFastAsEver() {
    connectsTook(CALM);
    places.outage();
    places.opened(CALM, 100);
    places.opened(2 * CALM - 1000, 100);
    assertEquals(8, places.bound());
  }

  @Test
  void aServerThatIsSlowedDownGetsNoMore() {
    connectsTook(CALM);
    places.outage();
    places.opened(3 * CALM, 100);
    assertEquals(6, places.bound());
    places.opened(CALM, 100);
    places.opened(CALM, 100);
    // What connects take in the rush is not what they took before it.
    connectsTook(5 * CALM);
    places.outage();
    places.opened(5 * CALM, 100);
    assertEquals(6, places.bound());
    for (int i = 0; i < 50; i++) {
      places.opened(5 * CALM, 100);
    }
    assertEquals(6, places.bound(), "the fewest");
  }

  @Test
  void asManyPlacesAsPermitsAreNoBound() {
    connectsTook(CALM);
    places.outage();
    places.opened(CALM, 8);
    assertEquals(7, places.bound());
    places.opened(CALM, 8);
    assertEquals(0, places.bound());
    assertTrue(places.hasRoom(1000));
  }
}
