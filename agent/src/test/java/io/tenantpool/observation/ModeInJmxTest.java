package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import io.tenantpool.upkeep.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.management.JMException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mode and what was watched, as operators see it. */
class ModeInJmxTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;

  private static Show show(String settings) {
    return new Show(Settings.of("meters=false,hikari-mbeans=false" + settings));
  }

  private static WatchedSnapshot seen(String tenant, long opens, int held, double meanBusy) {
    return new WatchedSnapshot(
        tenant,
        opens,
        opens * 20_000_000,
        held,
        held + 1,
        1,
        2,
        held - 1,
        held,
        meanBusy,
        10 * SECOND,
        opens,
        opens * 20_000_000,
        tenant.equals("b") ? Map.of() : Map.of(Pin.UNWRAPPED, 3L));
  }

  /** Twenty tenants in turn, as leases of watched connections. */
  private static void leases(Show show, int rounds) {
    show.listener.watched(
        new BorrowSamples() {
          @Override
          public String server() {
            return StubPool.SERVER;
          }

          @Override
          public void forEach(Visitor visitor) {
            for (int i = 0; i < rounds * 20; i++) {
              visitor.borrowed("tenant" + i % 20, 20_000_000);
              visitor.returned("tenant" + i % 20, 1_000_000);
            }
          }

          @Override
          public long lost() {
            return 0;
          }
        });
  }

  @Test
  void theModeIsShownAndSwitchedWithOneLineInTheLog() throws JMException {
    Show show = show("");
    show.step();
    assertEquals("pool", show.attribute(Names.POOL_MANAGER, "Mode"));
    show.set(Names.POOL_MANAGER, "Mode", "Observe");
    show.set(Names.POOL_MANAGER, "Mode", "observe");
    show.step();
    assertEquals("observe", show.attribute(Names.POOL_MANAGER, "Mode"));
    List<String> lines = show.log.stream().filter(line -> line.contains("mode-switched")).toList();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("from=pool to=observe"), lines::toString);
  }

  @Test
  void whatIsWatchedDoesNotCountAsABorrow() throws JMException {
    Show show = show(",mode=observe");
    show.listener.serverAdded(StubPool.SERVER);
    show.step();
    Object before = show.attribute(Names.server(StubPool.SERVER), "BorrowMicrosP99");
    leases(show, 10);
    show.step();
    assertEquals(before, show.attribute(Names.server(StubPool.SERVER), "BorrowMicrosP99"));
  }

  @Test
  void anUnknownModeIsRefusedAndChangesNothing() throws JMException {
    Show show = show(",mode=off");
    show.step();
    RuntimeMBeanException refused =
        assertThrows(
            RuntimeMBeanException.class, () -> show.set(Names.POOL_MANAGER, "Mode", "paused"));
    String words = String.valueOf(Objects.requireNonNull(refused.getCause()).getMessage());
    assertTrue(words.contains("tenantpool.mode = \"paused\""), words);
    assertTrue(words.contains("must be pool, observe or off"), words);
    assertEquals("off", show.attribute(Names.POOL_MANAGER, "Mode"));
  }

  @Test
  void watchedConnectionsAreRowsTheServersFirstThenTheTenantsThatHoldMostIdle() throws JMException {
    Show show = show(",mode=observe");
    show.listener.serverAdded(StubPool.SERVER);
    show.pool.watched.add(seen("", 30, 9, 1.5));
    show.pool.watched.add(seen("b", 10, 3, 1));
    show.pool.watched.add(seen("a", 20, 6, 0.5));
    show.step();
    CompositeData[] rows =
        (CompositeData[]) show.attribute(Names.server(StubPool.SERVER), "Watched");
    assertEquals(
        List.of("", "a", "b"),
        java.util.Arrays.stream(rows).map(row -> (String) row.get("tenant")).toList());
    CompositeData all = rows[0];
    assertEquals(30L, all.get("opens"));
    assertEquals(20_000.0, all.get("connectMicrosMean"));
    assertEquals(9, all.get("held"));
    assertEquals(10, all.get("peakHeld"));
    assertEquals(9.0, all.get("meanHeld"));
    assertEquals(1, all.get("busy"));
    assertEquals(2, all.get("peakBusy"));
    assertEquals(1.5, all.get("meanBusy"));
    assertEquals(8, all.get("idleInPools"));
    assertEquals(3L, all.get("wouldPin"));
    for (String item : all.getCompositeType().keySet()) {
      assertTrue(all.getCompositeType().getDescription(item).contains(" "), item);
    }
  }

  @Test
  void theReportSaysWhatPoolingWouldSave() throws JMException {
    Show show = show(",mode=observe");
    show.pool.borrows = 0;
    show.listener.serverAdded(StubPool.SERVER);
    show.ticker.advance(10 * SECOND);
    show.pool.watched.add(seen("", 2000, 30, 2));
    show.pool.watched.add(seen("tenant1", 100, 6, 0.5));
    leases(show, 100);
    show.step();
    String report = (String) show.invoke(Names.POOL_MANAGER, "report");
    for (String line :
        List.of(
            "Mode: observe\n",
            "Server db:5432, observed and not pooled\n",
            "  Connects: 2000 in 10.0 s (200.0 per second) of 20.0 ms; the application waited 40.0"
                + " s for them.\n",
            "  Connections: 30 open now, 1 busy; at most 31 open, 2 busy at once; on average 30.00"
                + " open, 2.00 busy.\n",
            "  Application pools: 29 connections that nobody has checked out now.\n",
            "  Would pin a lease: {UNWRAPPED=3}: PinSites of the server says where",
            "  With tenantpool.max-connections=30 (recommended): at most 20 open at once (31 without pooling).\n"
                + "    Of 200.0 leases per second 99.0 % find a connection open and 0.0 % wait;\n"
                + "    2.0 connects per second, which is 198.0 fewer: 3960 ms saved in each"
                + " second.\n",
            "      5.50     6.00     0.50      7      100  tenant1\n",
            "What other caps would have done with the last 2000 borrows (200.0 per second)",
            "  Recommended: tenantpool.max-connections=30 or more.")) {
      assertTrue(report.contains(line), () -> line + "\n" + report);
    }
  }

  @Test
  void theReportIsWrittenAtTheEndEvenBeforeAnythingWasShown() throws Exception {
    Path file = directory.resolve("report.txt");
    Show show = show(",mode=observe,report-file=" + file);
    show.pool.borrows = 0;
    show.pool.watched.add(seen("", 2000, 30, 2));
    show.listener.serverAdded(StubPool.SERVER);
    leases(show, 100);
    show.desk.close();
    String report = Files.readString(file);
    assertTrue(report.startsWith("Tenant Pool Agent 1.2.3\nMode: observe\n"), report);
    assertTrue(report.contains("the last 2000 borrows"), report);
    assertEquals(0, show.names("io.tenantpool:*").size());
  }

  @Test
  void theReportIsWrittenByAJvmThatEndsBeforeTheAgentShowsAnything() throws Exception {
    Path file = directory.resolve("early.txt");
    Settings settings = Settings.of("log-level=off,report-file=" + file);
    RuntimeSettings runtime = new RuntimeSettings(settings);
    Observation observation =
        new Observation(
            runtime, "1.2.3", Upkeep.threads(), new MicrometerSightings(), ModeSwitch.of(runtime));
    try (PoolManager pool = new PoolManager(runtime, Ticker.system(), observation.listener())) {
      observation.expect(pool);
      observation.close();
    }
    assertEquals("Tenant Pool Agent 1.2.3\n", Files.readString(file));
  }

  @Test
  void aReportThatCannotBeWrittenIsALineInTheLog() {
    Path file = directory.resolve("missing").resolve("report.txt");
    Show show = show(",report-file=" + file);
    show.step();
    show.desk.close();
    assertTrue(
        show.log.stream()
            .anyMatch(line -> line.contains("agent-fault") && line.contains(file.toString())),
        show.log::toString);
  }
}
