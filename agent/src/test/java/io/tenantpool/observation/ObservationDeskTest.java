package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogLevel;
import java.util.Set;
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
    show.desk.step(
        () -> {
          throw new IllegalStateException("broken");
        });
    show.live("acme");
    assertEquals(1, show.names("io.tenantpool:type=Tenant,*").size());
    assertEquals(1L, show.attribute(Names.POOL_MANAGER, "ObservationFaults"));
    assertTrue(show.log.get(0).contains("handle an event"), show.log.get(0));
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
    show.desk.close(null);
    assertEquals(Set.of(), show.names("io.tenantpool:*"));
    assertEquals(1, show.log.size());
    assertTrue(show.log.get(0).contains("budget-lowered"), show.log.get(0));
  }
}
