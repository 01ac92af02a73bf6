package io.tenantpool.observation.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tenantpool.connection.Pin;
import io.tenantpool.pool.ConnectionLabel;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.EvictionCause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightRecordingTest {

  private static final ConnectionLabel LABEL = new ConnectionLabel("db:5432", "acme", "app", 7);

  @TempDir Path directory;

  @Test
  void everyEventHasItsFieldsWithUnitsAndLabelsAndAStack() throws Exception {
    FlightRecording events = FlightRecording.start();
    Path file = directory.resolve("all.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.tenantpool.Borrow").withThreshold(Duration.ZERO);
      recording.enable("io.tenantpool.Reset").withThreshold(Duration.ZERO);
      for (String name : List.of("Open", "Evict", "Pin", "Timeout")) {
        recording.enable("io.tenantpool." + name);
      }
      recording.start();
      ConnectionWatch.Borrowing borrowing = events.borrowing();
      assertNotNull(borrowing);
      ConnectionWatch.Work opening = events.opening();
      assertNotNull(opening);
      opening.ended(LABEL, false);
      ConnectionWatch.Work resetting = events.resetting();
      assertNotNull(resetting);
      resetting.ended(LABEL, true);
      borrowing.lent(LABEL, true);
      events.pinned("db:5432", "acme", 7, Pin.BATCH, null, true);
      events.closed(LABEL, EvictionCause.IDLE, 5_000_000);
      events.timedOut("db:5432", "acme", 30_000_000, "hunter2");
      recording.dump(file);
    }
    List<RecordedEvent> all = RecordingFile.readAllEvents(file);
    assertEquals(6, all.size(), all::toString);
    for (RecordedEvent event : all) {
      assertEquals("db:5432", event.getString("server"));
      assertEquals("acme", event.getString("tenant"));
      assertEquals(List.of("Tenant Pool"), event.getEventType().getCategoryNames());
      assertNotNull(event.getEventType().getDescription());
      assertNotNull(event.getStackTrace());
    }
    assertEquals(false, one(all, "Open").getBoolean("successful"));
    assertEquals(true, one(all, "Reset").getBoolean("successful"));
    assertEquals(true, one(all, "Borrow").getBoolean("opened"));
    assertEquals(7, one(all, "Borrow").getLong("connection"));
    assertEquals("BATCH", one(all, "Pin").getString("cause"));
    assertEquals("other", one(all, "Pin").getString("site"));
    assertEquals("IDLE", one(all, "Evict").getString("cause"));
    assertEquals(Duration.ofMillis(5), one(all, "Evict").getDuration("age"));
    assertEquals(Duration.ofMillis(30), one(all, "Timeout").getDuration("waited"));
  }

  @Test
  void whoRecordsOtherThingsIsToldOfNoBorrow() {
    FlightRecording events = FlightRecording.start();
    try (Recording recording = new Recording()) {
      recording.disable("io.tenantpool.Borrow");
      recording.disable("io.tenantpool.Reset");
      recording.start();
      assertNull(events.borrowing());
      assertNull(events.resetting());
    }
    assertNull(events.borrowing());
  }

  private static RecordedEvent one(List<RecordedEvent> all, String name) {
    List<RecordedEvent> some =
        all.stream()
            .filter(event -> event.getEventType().getName().equals("io.tenantpool." + name))
            .toList();
    assertEquals(1, some.size(), some::toString);
    return some.get(0);
  }
}
