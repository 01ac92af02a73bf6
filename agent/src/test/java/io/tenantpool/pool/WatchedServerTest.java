package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.connection.Pin;
import io.tenantpool.connection.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is counted of connections that are only watched. */
class WatchedServerTest {

  private static final long MILLI = 1_000_000;

  private final List<String> samples = new ArrayList<>();
  private final PoolScene scene =
      new PoolScene(
          TestLimits.of(2, 0, 2),
          new RecordingListener() {
            @Override
            public void watched(BorrowSamples batch) {
              batch.forEach(
                  new BorrowSamples.Visitor() {
                    @Override
                    public void borrowed(String tenant, long nanos) {
                      samples.add("+" + tenant + " " + nanos / MILLI);
                    }

                    @Override
                    public void returned(String tenant, long nanos) {
                      samples.add("-" + tenant + " " + nanos / MILLI);
                    }
                  });
            }
          });
  private final WatchedServer watched = scene.pool.watched();

  private Watch open(String tenant, boolean ofPool) {
    return watched.opened(tenant, ofPool, 5 * MILLI);
  }

  private WatchedSnapshot of(String tenant) {
    return watched.snapshots().stream()
        .filter(each -> each.tenant().equals(tenant))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> recent() {
    return watched.recent().stream().map(WatchedSnapshot::tenant).collect(Collectors.toSet());
  }

  @Test
  void nothingIsSaidOfAServerOfWhichNothingIsWatched() {
    assertEquals(List.of(), watched.snapshots());
    watched.resetPeaks();
    scene.pool.publishSamples();
    assertEquals(List.of(), samples);
  }

  @Test
  void oneTenantCanBeAskedForAndThoseThatHeldConnectionsALittleAgo() {
    assertEquals(Optional.empty(), watched.snapshot(""));
    assertEquals(List.of(), watched.recent());
    open("a", false);
    Watch closed = open("b", false);
    scene.ticker.advanceMillis(120_000);
    closed.closed();
    open("c", true);
    assertEquals(Set.of("a", "b", "c"), recent());
    scene.ticker.advanceMillis(59_999);
    assertEquals(Set.of("a", "b", "c"), recent());
    scene.ticker.advanceMillis(1);
    assertEquals(Set.of("a", "c"), recent());
    assertEquals(1, watched.snapshot("b").orElseThrow().opens());
    assertEquals(3, watched.snapshot("").orElseThrow().opens());
    assertEquals(Optional.empty(), watched.snapshot("d"));
  }

  @Test
  void connectionsAreCountedForTheirTenantAndForTheServer() {
    Watch first = open("a", false);
    Watch second = open("b", false);
    first.busy();
    second.closed();
    WatchedSnapshot all = of("");
    assertEquals(2, all.opens());
    assertEquals(10 * MILLI, all.openNanos());
    assertEquals(1, all.held());
    assertEquals(2, all.peakHeld());
    assertEquals(1, all.busy());
    assertEquals(1, of("a").busy());
    assertEquals(0, of("b").held());
    assertEquals(0, scene.figures().open());
  }

  @Test
  void meansAreOverTimeFromTheFirstConnectOn() {
    Watch one = open("a", false);
    scene.ticker.advanceMillis(10);
    one.busy();
    scene.ticker.advanceMillis(5);
    one.idle();
    WatchedSnapshot all = of("");
    assertEquals(20 * MILLI, all.windowNanos());
    assertEquals(0.75, all.meanHeld(), 1e-9);
    assertEquals(0.25, all.meanBusy(), 1e-9);
    assertEquals(0.5, of("a").meanIdle(), 1e-9);
  }

  @Test
  void aDirectConnectionIsALeaseUntilItsClose() {
    Watch one = open("a", false);
    one.lent();
    one.returned();
    scene.ticker.advanceMillis(7);
    one.closed();
    one.closed();
    one.busy();
    scene.pool.publishSamples();
    assertEquals(List.of("+a 5", "-a 7"), samples);
    assertEquals(0, of("").held());
    assertEquals(0, of("").busy());
  }

  @Test
  void aConnectionOfAnApplicationPoolIsALeaseFromCheckoutToReturn() {
    Watch one = open("a", true);
    assertEquals(1, of("a").resting());
    scene.ticker.advanceMillis(100);
    one.lent();
    one.lent();
    assertEquals(0, of("a").resting());
    scene.ticker.advanceMillis(3);
    one.returned();
    one.returned();
    assertEquals(1, of("").resting());
    one.lent();
    scene.ticker.advanceMillis(4);
    one.closed();
    scene.pool.publishSamples();
    assertEquals(List.of("+a 0", "-a 3", "+a 0", "-a 4"), samples);
    assertEquals(0, of("").resting());
    assertEquals(0, of("").held());
  }

  @Test
  void resetPeaksBeginsANewWindowAndLeavesTheCounters() {
    open("a", false).closed();
    Watch second = open("a", false);
    second.busy();
    second.idle();
    scene.ticker.advanceMillis(10);
    scene.pool.operations().resetPeaks();
    scene.ticker.advanceMillis(10);
    WatchedSnapshot all = of("");
    assertEquals(2, all.opens());
    assertEquals(0, all.windowOpens());
    assertEquals(10 * MILLI, all.windowNanos());
    assertEquals(1, all.peakHeld());
    assertEquals(0, all.peakBusy());
    assertEquals(1.0, all.meanHeld(), 1e-9);
  }

  @Test
  void whatWouldPinIsCountedByCauseAndByPlace() {
    StackTraceElement site = new StackTraceElement("com.acme.Dao", "load", "Dao.java", 42);
    Watch one = open("a", false);
    one.wouldPin(Pin.UNWRAPPED, site);
    one.wouldPin(Pin.UNWRAPPED, site);
    assertEquals(Map.of(Pin.UNWRAPPED, 2L), of("").wouldPin());
    assertEquals(Map.of(Pin.UNWRAPPED, 2L), of("a").wouldPin());
    assertEquals(
        List.of(
            "pinned a UNWRAPPED com.acme.Dao.load(Dao.java:42) new",
            "pinned a UNWRAPPED com.acme.Dao.load(Dao.java:42)"),
        scene.events.lines());
    assertEquals(Map.of(), scene.figures().pins());
  }
}
