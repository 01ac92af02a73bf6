package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

final class ObservationDeskTest {

  private final Show show = new Show(Show.settings(true, false, LogLevel.WARN));

  @Test
  void aFloodOfEventsIsBoundedAndTheTruthComesFromThePool() throws JMException {
    for (int i = 0; i < 2 * EventQueue.CAPACITY; i++) {
      show.listener.tenantLive(StubPool.SERVER, "gone");
      show.listener.tenantDormant(StubPool.SERVER, "gone");
    }
    show.pool.tenant("acme", true);
    show.listener.tenantLive(StubPool.SERVER, "acme");
    show.step();
    assertEquals(1, show.names("io.tenantpool:type=Tenant,name=\"acme\",*").size());
    long lost = (long) show.attribute(Names.POOL_MANAGER, "LostEvents");
    assertEquals(3 * EventQueue.CAPACITY + 1, lost);
  }

  @Test
  void aBrokenEventDoesNotStopTheNextOne() throws JMException {
    List<String> told = new ArrayList<>();
    EventQueue queue = new EventQueue();
    ManualTicker ticker = new ManualTicker();
    EventLog log = new EventLog(LogLevel.OFF, LogFormat.TEXT, ticker, queue, line -> {});
    Supplier<ObservationDesk.Scene> scene =
        () ->
            new ObservationDesk.Scene(
                new PresenceBook(new StubPool(), Presence.Stage.empty(), ticker), () -> {});
    queue.offer(
        () -> {
          throw new StackOverflowError("broken");
        });
    queue.offer(() -> told.add("the next one"));
    new ObservationDesk(queue, log, Upkeep.faults(told), scene, scene).step();
    assertEquals(List.of("an event could not be shown", "the next one"), told);
  }

  @Test
  void aStartThatFailsIsTriedAgain() {
    List<String> told = new ArrayList<>();
    EventQueue queue = new EventQueue();
    ManualTicker ticker = new ManualTicker();
    EventLog log = new EventLog(LogLevel.OFF, LogFormat.TEXT, ticker, queue, line -> {});
    AtomicInteger starts = new AtomicInteger();
    Supplier<ObservationDesk.Scene> scene =
        () -> {
          if (starts.incrementAndGet() < 3) {
            throw new OutOfMemoryError("on purpose");
          }
          return new ObservationDesk.Scene(
              new PresenceBook(new StubPool(), Presence.Stage.empty(), ticker), () -> {});
        };
    ObservationDesk desk = new ObservationDesk(queue, log, Upkeep.faults(told), scene, scene);
    for (int i = 0; i < 4; i++) {
      desk.step();
    }
    assertEquals(3, starts.get());
    assertEquals(List.of("observation could not start; it is tried again"), told);
  }

  @Test
  void itSleepsLongWhenNothingIsPendingAndShortWhenATenantWaitsToBeHidden() {
    show.live("acme");
    long settled = show.desk.nextStepNanos();
    show.pool.tenant("acme", false);
    show.listener.tenantDormant(StubPool.SERVER, "acme");
    show.step();
    assertTrue(show.desk.nextStepNanos() < settled);
    assertTrue(show.desk.nextStepNanos() < PresenceBook.GRACE_NANOS);
  }

  @Test
  void closingBeforeTheFirstStepWritesTheLogAndTouchesNothingElse() throws JMException {
    show.listener.tenantLive(StubPool.SERVER, "acme");
    show.listener.budgetLowered(StubPool.SERVER, 100, 97);
    show.desk.close();
    assertEquals(Set.of(), show.names("io.tenantpool:*"));
    assertEquals(1, show.log.size());
    assertTrue(show.log.get(0).contains("budget-lowered"), show.log.get(0));
  }
}
