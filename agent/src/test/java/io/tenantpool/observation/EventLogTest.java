package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.NotPooled;
import io.tenantpool.config.Settings;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {

  private static final String SERVER = "db:5432";
  private static final StackTraceElement SITE =
      new StackTraceElement("com.acme.Dao", "load", "Dao.java", 42);

  private final ManualTicker ticker = new ManualTicker();
  private final EventQueue queue = new EventQueue();
  private final List<String> lines = new ArrayList<>();

  private EventLog log(LogLevel level) {
    return log(level, LogFormat.TEXT);
  }

  private EventLog log(LogLevel level, LogFormat format) {
    return new EventLog(level, format, ticker, queue, lines::add);
  }

  private void write() {
    for (Runnable event = queue.poll(); event != null; event = queue.poll()) {
      event.run();
    }
  }

  private List<String> events() {
    write();
    return lines.stream().map(line -> line.substring(25).replaceAll(" [a-zA-Z]+=.*", "")).toList();
  }

  /** Every event of the pool, once. */
  private static void everything(PoolListener log) {
    log.serverAdded(SERVER);
    log.budgetLowered(SERVER, 100, 97);
    log.tenantLive(SERVER, "acme");
    log.tenantDormant(SERVER, "acme");
    log.opened(SERVER, "acme", 1, 2_000_000);
    log.openFailed(SERVER, "acme", new SQLException("no", "08001"), 1);
    log.openRefused(SERVER, "acme", 96, 97);
    log.closed(SERVER, "acme", 1, EvictionCause.CAPACITY, 5_000_000);
    log.reset(SERVER, "acme", 1, 20_000);
    log.resetFailed(SERVER, "acme", 1, new SQLException("no", "08006"));
    log.pinned(SERVER, "acme", 7, Pin.TRANSACTION, SITE, true);
    log.pinned(SERVER, "acme", 7, Pin.TRANSACTION, SITE, false);
    log.timedOut(SERVER, "acme", 30_000_000_000L, "no connection");
    log.notPooled(new Unpooled(NotPooled.CALLER_IDENTITY, SERVER, SITE, "gsslib: asked for"));
    log.samples(new Samples(SERVER, "acme", 2, 10, 1));
  }

  @Test
  void theDefaultLevelTellsWhatAnOperatorMustKnow() {
    everything(log(LogLevel.INFO));
    assertEquals(
        List.of(
            "INFO  tenantpool server-added",
            "WARN  tenantpool budget-lowered",
            "WARN  tenantpool open-failed",
            "INFO  tenantpool open-refused",
            "WARN  tenantpool reset-failed",
            "INFO  tenantpool new-pin-site",
            "WARN  tenantpool timed-out",
            "WARN  tenantpool not-pooled"),
        events());
  }

  @Test
  void whatIsNotPooledIsToldWithItsPlaceAndWhatToSet() {
    log(LogLevel.INFO)
        .notPooled(new Unpooled(NotPooled.SERVICE_FILE, null, SITE, "service= reads a file"));
    write();
    String line = lines.get(0);
    assertFalse(line.contains("server="), line);
    assertTrue(
        line.contains("not-pooled reason=SERVICE_FILE site=com.acme.Dao.load(Dao.java:42)"), line);
    assertTrue(line.contains("advice=\"" + NotPooled.SERVICE_FILE.advice() + "\""), line);
  }

  @Test
  void debugAddsConnectionsAndTenants() {
    everything(log(LogLevel.DEBUG));
    List<String> events = events();
    assertEquals(12, events.size());
    assertTrue(events.contains("DEBUG tenantpool opened"));
    assertTrue(events.contains("DEBUG tenantpool closed"));
    assertTrue(events.contains("DEBUG tenantpool tenant-live"));
  }

  @Test
  void traceAddsLeases() {
    everything(log(LogLevel.TRACE));
    assertEquals(15, events().size());
    assertTrue(lines.get(14).endsWith("samples server=db:5432 samples=4 lost=1"), lines.get(14));
  }

  @Test
  void offAndErrorQueueNothing() {
    everything(log(LogLevel.OFF));
    everything(log(LogLevel.ERROR));
    assertNull(queue.poll());
  }

  @Test
  void aBorrowAtTheDefaultLevelQueuesNothing() {
    EventLog log = log(LogLevel.INFO);
    log.pinned(SERVER, "acme", 7, Pin.RESULT_SET, SITE, false);
    log.reset(SERVER, "acme", 1, 1);
    log.samples(new Samples(SERVER, "acme", 1000, 10, 0));
    assertNull(queue.poll());
  }

  @Test
  void nothingIsWrittenOnTheThreadOfTheEvent() {
    everything(log(LogLevel.TRACE));
    assertEquals(List.of(), lines);
  }

  @Test
  void aDeadDatabaseIsToldOnceAndThenCounted() {
    EventLog log = log(LogLevel.INFO);
    for (int i = 0; i < 1000; i++) {
      log.openFailed(SERVER, "t" + i, new SQLException("refused", "08001"), 1_000_000);
    }
    log.openFailed("other:5432", "acme", new SQLException("refused", "08001"), 1_000_000);
    write();
    log.sweep();
    assertEquals(2, lines.size());
    ticker.advance(RepeatFilter.PERIOD_NANOS);
    log.sweep();
    assertEquals(3, lines.size());
    assertTrue(
        lines.get(2).endsWith("open-failed server=db:5432 repeated=999 withinSeconds=10"),
        lines.get(2));
    assertFalse(log.isSettled());
    ticker.advance(RepeatFilter.PERIOD_NANOS);
    log.sweep();
    assertTrue(log.isSettled());
    log.openFailed(SERVER, "acme", new SQLException("refused", "08001"), 1_000_000);
    write();
    assertEquals(4, lines.size());
  }

  @Test
  void theTimeIsThatOfTheEventAndNotOfTheWriting() {
    EventLog log = log(LogLevel.INFO);
    log.serverAdded(SERVER);
    ticker.advance(60_000_000_000L);
    write();
    assertEquals(
        "2023-11-14T22:13:21.000Z INFO  tenantpool server-added server=db:5432", lines.get(0));
  }

  @Test
  void noSecretReachesALine() {
    EventLog log = log(LogLevel.TRACE);
    String secret = "jdbc:postgresql://db/acme?user=u&password=s3cret&x=1";
    log.openFailed(SERVER, "acme", new SQLException("cannot parse " + secret, "08001"), 1);
    log.resetFailed(SERVER, "acme", 1, new SQLException("lost " + secret));
    log.timedOut(SERVER, "acme", 1, "waited for " + secret);
    new AgentLog(log).problem("observing " + secret, new IllegalStateException(secret));
    write();
    assertEquals(4, lines.size());
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("s3cret")).toList());
  }

  @Test
  void aRemarkOnTheSettingsFollowsTheFirstLine(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "0123456789abcdef");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    new AgentLog(log(LogLevel.INFO))
        .started(0, "1", Settings.of("http-port=0,http-token-file=" + file));
    write();
    assertTrue(lines.get(0).contains("tenantpool started"), lines.get(0));
    assertTrue(
        lines
            .get(1)
            .contains("WARN  tenantpool setting-remark what=\"other users may read the file"),
        lines.get(1));
    assertEquals(2, lines.size());
  }

  @Test
  void aNewCallSiteIsToldWithWhatItMeans() {
    log(LogLevel.INFO).pinned(SERVER, "acme", 7, Pin.UNWRAPPED, SITE, true);
    log(LogLevel.INFO).pinned(SERVER, "acme", 7, Pin.TRANSACTION, null, true);
    log(LogLevel.INFO, LogFormat.JSON).pinned(SERVER, "acme", 7, Pin.BATCH, SITE, true);
    write();
    assertEquals(
        List.of(
            "2023-11-14T22:13:21.000Z INFO  tenantpool new-pin-site server=db:5432 tenant=acme"
                + " connection=7 cause=UNWRAPPED site=com.acme.Dao.load(Dao.java:42) meaning=\"the physical"
                + " connection is closed at the end of the lease, and not reused\"",
            "2023-11-14T22:13:21.000Z INFO  tenantpool new-pin-site server=db:5432 tenant=acme"
                + " connection=7 cause=TRANSACTION site=other meaning=\"the physical connection stays leased"
                + " until the transaction ends or the connection is closed\"",
            "{\"time\":\"2023-11-14T22:13:21.000Z\",\"level\":\"INFO\",\"event\":\"new-pin-site\","
                + "\"server\":\"db:5432\",\"tenant\":\"acme\",\"connection\":7,\"cause\":\"BATCH\","
                + "\"site\":\"com.acme.Dao.load(Dao.java:42)\",\"meaning\":\"the physical connection"
                + " stays leased until the batch is executed or cleared or the connection is"
                + " closed\"}"),
        lines);
  }

  @Test
  void aFailureIsToldWithItsStateClassAndMessage() {
    log(LogLevel.INFO)
        .openFailed(SERVER, "acme", new SQLException("it is down", "08001"), 12_000_000);
    write();
    assertTrue(
        lines
            .get(0)
            .endsWith(
                "open-failed server=db:5432 tenant=acme millis=12 sqlState=08001"
                    + " failure=java.sql.SQLException message=\"it is down\""),
        lines.get(0));
  }

  @Test
  void aLeaseIsTwoLinesAtTraceAlone() {
    ConnectionLabel label = new ConnectionLabel(SERVER, "acme", "app", 7);
    assertNull(LeaseLog.watch(log(LogLevel.DEBUG), ticker).borrowing());
    ConnectionWatch.Borrowing lease = LeaseLog.watch(log(LogLevel.TRACE), ticker).borrowing();
    assertNotNull(lease);
    ticker.advance(2_000_000);
    lease.lent(label, true);
    ticker.advance(3_000_000);
    lease.returned(label, EvictionCause.BROKEN);
    write();
    String where = " server=db:5432 tenant=acme connection=7 ";
    String thread = " thread=" + Thread.currentThread().getName();
    assertEquals(
        List.of(
            "TRACE tenantpool borrowed" + where + "micros=2000 opened=true" + thread,
            "TRACE tenantpool returned" + where + "leaseMicros=3000 unfit=BROKEN" + thread),
        lines.stream().map(line -> line.substring(25)).toList());
  }
}
