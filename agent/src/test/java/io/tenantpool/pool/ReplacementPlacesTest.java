package io.tenantpool.pool;

import static io.tenantpool.pool.LedgerScene.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How many connects may be under way at once that take the place of another's connection. */
class ReplacementPlacesTest {

  private final ReplacementPlaces places = new ReplacementPlaces(0);
  private final SplittableRandom random = new SplittableRandom(7);

  /** So many connects, as many at once as may be; no two of them take equally long. */
  private void connect(int times, IntToDoubleFunction takesMillis) {
    for (int i = 0; i < times; i++) {
      int atOnce = places.now();
      double millis = takesMillis.applyAsDouble(atOnce) * (0.5 + random.nextDouble());
      places.opened((long) (millis * MS), atOnce);
    }
  }

  /** The same; what the bound is on average. */
  private double averageOf(int times, IntToDoubleFunction takesMillis) {
    double sum = 0;
    for (int i = 0; i < times; i++) {
      sum += places.now();
      connect(1, takesMillis);
    }
    return sum / times;
  }

  /** A connect keeps one of so many processors busy for five milliseconds. */
  private static IntToDoubleFunction processors(int number) {
    return atOnce -> 5.0 * Math.max(number, atOnce) / number;
  }

  /** The same where others have work for some of them all the time. */
  private static IntToDoubleFunction shared(int number, int busyOthers) {
    return atOnce -> 5.0 * Math.max(number, atOnce + busyOthers) / number;
  }

  @Test
  void thereAreTwoAtFirst() {
    assertTrue(places.hasRoom(1));
    assertFalse(places.hasRoom(2));
  }

  @Test
  void aServerWithManyProcessorsGetsAboutAsManyAtOnce() {
    connect(3_000, processors(12));
    double average = averageOf(10_000, processors(12));
    assertTrue(average >= 8 && average <= 16, () -> "not " + average);
  }

  @Test
  void oneThatIsFarAwayGetsAsManyAsThereAre() {
    connect(10_000, atOnce -> 100);
    assertTrue(places.now() >= 50, () -> "not " + places.now());
  }

  @Test
  void oneWithTwoProcessorsGetsTwoOrThree() {
    double average = averageOf(20_000, processors(2));
    assertTrue(average <= 3, () -> "not " + average);
  }

  /** Each connect more takes time from everybody's requests, so that it seems to be of use. */
  @Test
  void oneWhoseProcessorsAreBusyWithRequestsGetsTwoOrThree() {
    double average = averageOf(20_000, shared(2, 4));
    assertTrue(average <= 3.3, () -> "not " + average);
  }

  @Test
  void oneThatHasLessForUsThanBeforeGetsFewer() {
    connect(3_000, processors(12));
    connect(3_000, processors(3));
    double average = averageOf(5_000, processors(3));
    assertTrue(average <= 4.5, () -> "still " + average);
  }

  @Test
  void oneThatHasMoreForUsThanBeforeGetsMore() {
    connect(3_000, processors(2));
    connect(3_000, processors(8));
    double average = averageOf(5_000, processors(8));
    assertTrue(average >= 6, () -> "only " + average);
  }

  /** As the code of the application and the caches of the server get warm. */
  @Test
  void oneThatBecomesFasterAllTheTimeGetsNotMoreForThat() {
    double average = 0;
    for (int i = 0; i < 200; i++) {
      double factor = 1 + 4 * Math.exp(-i / 50.0);
      average += averageOf(100, atOnce -> factor * processors(2).applyAsDouble(atOnce)) / 200;
    }
    assertTrue(average <= 3.3, "not " + average);
  }

  @Test
  void nothingIsLearntOfPlacesThatNobodyUses() {
    for (int i = 0; i < 10_000; i++) {
      places.opened(5 * MS, 1);
    }
    assertEquals(2, places.now());
  }

  @Test
  void aConstantStaysWhatItIs() {
    ReplacementPlaces constant = new ReplacementPlaces(7);
    for (int i = 0; i < 100; i++) {
      constant.opened(i * MS, 7);
    }
    assertEquals(7, constant.now());
  }
}
