package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the observation thread does, what fails is told and keeps nothing else back. */
final class DeskFaultsTest {

  private final List<String> told = new ArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private final EventQueue queue = new EventQueue();
  private final ManualTicker ticker = new ManualTicker();
  private final List<String> lines = new ArrayList<>();
  private boolean isDiskFull;
  private final EventLog log =
      new EventLog(LogLevel.WARN, LogFormat.TEXT, ticker, queue, this::write);

  private void write(String line) {
    if (isDiskFull) {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    lines.add(line);
  }

  private ObservationDesk desk(Presence.Stage stage, Runnable end, Runnable farewell) {
    ObservationDesk.Scene scene =
        new ObservationDesk.Scene(new PresenceBook(new StubPool(), stage, ticker), end);
    return new ObservationDesk(queue, log, faults, () -> scene, () -> scene, farewell);
  }

  private static void fails() {
    throw new StackOverflowError("on purpose");
  }

  @Test
  void whatCannotBeComparedIsToldAndTheNextStepFollows() {
    Presence.Stage broken =
        new Presence.Stage() {
          @Override
          public Presence server(String server) {
            return new Presence() {};
          }

          @Override
          public Presence tenant(String server, String tenant) {
            return new Presence() {};
          }

          @Override
          public void sweep() {
            fails();
          }
        };
    ObservationDesk desk = desk(broken, () -> {}, () -> {});
    desk.step();
    queue.offer(() -> told.add("the next event"));
    desk.step();
    assertEquals(
        List.of("what is shown could not be compared with the pool", "the next event"), told);
    assertEquals(2, faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void repetitionsThatCannotBeLoggedAreToldAndLoggedLater() {
    ObservationDesk desk = desk(Presence.Stage.empty(), () -> {}, () -> {});
    for (int i = 0; i < 3; i++) {
      log.openFailed(StubPool.SERVER, "acme", new SQLException("refused", "08001"), 1);
    }
    desk.step();
    assertEquals(1, lines.size());
    ticker.advance(RepeatFilter.PERIOD_NANOS);
    isDiskFull = true;
    desk.step();
    assertEquals(List.of("repetitions could not be logged"), told);
    assertEquals(1, faults.count(FaultKind.OBSERVATION));
    isDiskFull = false;
    desk.step();
    assertTrue(lines.get(1).contains("repeated=2"), lines::toString);
    assertEquals(1, faults.count());
  }

  @Test
  void lastWordsThatCannotBeSaidAreToldAndAllIsTakenAway() {
    desk(Presence.Stage.empty(), () -> told.add("the end"), DeskFaultsTest::fails).close();
    assertEquals(List.of("the last words could not be said", "the end"), told);
    assertEquals(1, faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void whatCannotBeTakenAwayIsTold() {
    desk(Presence.Stage.empty(), DeskFaultsTest::fails, () -> told.add("the last words")).close();
    assertEquals(List.of("the last words", "what is shown could not be taken away"), told);
    assertEquals(1, faults.count(FaultKind.OBSERVATION));
  }

  @Test
  void whatGoesWrongWhileAllIsTakenAwayIsStillLogged() {
    faults.tellTo(
        fault -> {
          queue.offer(() -> lines.add("agent-fault " + fault.place().what()));
          return true;
        });
    desk(Presence.Stage.empty(), DeskFaultsTest::fails, () -> {}).close();
    assertEquals(List.of("agent-fault what is shown could not be taken away"), lines);
  }
}
