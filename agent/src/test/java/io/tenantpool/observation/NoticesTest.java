package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what a console is told unasked, and how often. */
class NoticesTest {

  private static final String SERVER = StubPool.SERVER;

  private final Show show = new Show();
  private final List<Notification> got = new ArrayList<>();

  @BeforeEach
  void subscribe() throws Exception {
    show.step();
    show.mbeans.addNotificationListener(
        new ObjectName(Names.POOL_MANAGER),
        (notification, handback) -> got.add(notification),
        null,
        null);
  }

  private List<String> told() {
    show.step();
    List<String> messages = new ArrayList<>();
    got.forEach(n -> messages.add(n.getType() + ": " + n.getMessage()));
    got.clear();
    return messages;
  }

  @Test
  void everyKindIsDescribed() throws Exception {
    MBeanNotificationInfo[] kinds =
        show.mbeans.getMBeanInfo(new ObjectName(Names.POOL_MANAGER)).getNotifications();
    assertEquals(Notice.values().length, kinds.length);
    for (MBeanNotificationInfo kind : kinds) {
      assertTrue(kind.getNotifTypes()[0].startsWith("io.tenantpool."), kind::toString);
      assertFalse(kind.getDescription().isBlank());
    }
  }

  @Test
  void anExhaustedBudgetIsToldInPlainWords() {
    show.listener.budgetExhausted(SERVER, 97, 4);
    show.step();
    Notification notification = got.get(0);
    assertNull(notification.getUserData());
    assertEquals(1, notification.getSequenceNumber());
    assertEquals(
        List.of(
            "io.tenantpool.budget.exhausted: server db:5432: all 97 connections are in use, 4"
                + " waiting"),
        told());
    assertTrue(
        show.log.stream().anyMatch(line -> line.contains("budget-exhausted")), "" + show.log);
  }

  @Test
  void theLastConnectionOfABudgetIsToldWithWhatToDo() {
    show.listener.lastConnectionLent(SERVER, "acme", 7);
    assertEquals(
        List.of(
            "io.tenantpool.last.connection: server db:5432: a thread of tenant 'acme' that holds a"
                + " connection got the last one, 7 waiting"),
        told());
    assertTrue(
        show.log.stream()
            .anyMatch(
                line ->
                    line.contains("last-connection server=db:5432 tenant=acme waiting=7")
                        && line.contains("tenantpool.max-connections")),
        "" + show.log);
  }

  @Test
  void aServerThatDoesNotAnswerIsToldOnceAndAgainWhenItIsBack() {
    show.listener.opened(SERVER, "a", 1, 1);
    SQLException silence = new SQLException("refused password=geheim", "08001");
    show.listener.openFailed(SERVER, "a", silence, 1);
    show.listener.openFailed(SERVER, "b", silence, 1);
    assertEquals(
        List.of(
            "io.tenantpool.server.unreachable: server db:5432 cannot be reached: SQLState 08001"),
        told());
    show.listener.opened(SERVER, "a", 1, 1);
    show.listener.opened(SERVER, "b", 1, 1);
    assertEquals(List.of("io.tenantpool.server.back: server db:5432 can be reached again"), told());
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P02", "57P03"})
  void aServerThatShutsDownOrStartsCannotBeReached(String state) {
    show.listener.openFailed(SERVER, "a", new SQLException("not now", state), 1);
    assertEquals(
        List.of(
            "io.tenantpool.server.unreachable: server db:5432 cannot be reached: SQLState "
                + state),
        told());
  }

  @Test
  void aWrongPasswordIsNoUnreachableServer() {
    show.listener.openFailed(SERVER, "a", new SQLException("no", "28P01"), 1);
    show.listener.openFailed(SERVER, "a", new SQLException("no", "08004"), 1);
    show.listener.openFailed(SERVER, "a", new SQLException("no", (String) null), 1);
    show.listener.openFailed(SERVER, "a", new IllegalStateException("no"), 1);
    assertEquals(List.of(), told());
  }

  @Test
  void evictionsUnderPressureAreToldAtMostOnceInTenSeconds() {
    for (int i = 0; i < 5; i++) {
      show.listener.closed(SERVER, "t" + i, i, EvictionCause.CAPACITY, 1);
    }
    show.listener.closed(SERVER, "idle", 9, EvictionCause.IDLE, 1);
    assertEquals(
        List.of(
            "io.tenantpool.tenant.evicted: server db:5432: tenant 't0' gave a connection up to"
                + " another tenant"),
        told());
    show.ticker.advance(NoticeFeed.EVICTIONS_NANOS);
    show.listener.closed(SERVER, "t5", 5, EvictionCause.CAPACITY, 1);
    assertEquals(
        List.of(
            "io.tenantpool.tenant.evicted: server db:5432: tenant 't5' gave a connection up to"
                + " another tenant; 4 more have since the last notice"),
        told());
  }

  @Test
  void aSuspectedLeakIsToldAndLogged() {
    show.listener.leakSuspected(SERVER, new Holder("acme", 7, 3_000_000_000L, "http-1", null));
    assertEquals(
        List.of(
            "io.tenantpool.leak.suspected: server db:5432: tenant 'acme' has held connection 7 for"
                + " 3000 ms, borrowed by thread 'http-1'"),
        told());
    assertTrue(
        show.log.stream()
            .anyMatch(line -> line.contains("leak-suspected") && line.contains("heldMillis=3000")),
        "" + show.log);
  }

  @Test
  void whatIsHeldInVainIsToldAndLoggedOnceForEachTenantInAnEpisode() {
    for (int i = 0; i < 3; i++) {
      show.listener.heldAndWaited(SERVER, "acme", 1, "'t1' with 2 of 'acme'");
      show.listener.heldAndWaited(SERVER, "beta", 1, "'t2' with 1 of 'beta'");
    }
    assertEquals(
        List.of(
            "io.tenantpool.hold.and.wait: server db:5432: tenant 'acme' got no connection: all that"
                + " it could have were held by threads that executed nothing: 't1' with 2 of"
                + " 'acme'",
            "io.tenantpool.hold.and.wait: server db:5432: tenant 'beta' got no connection: all that"
                + " it could have were held by threads that executed nothing: 't2' with 1 of"
                + " 'beta'"),
        told());
    assertEquals(
        2,
        show.log.stream().filter(line -> line.contains(" hold-and-wait ")).count(),
        "" + show.log);
    show.ticker.advance(NoticeFeed.EVICTIONS_NANOS);
    show.listener.heldAndWaited(SERVER, "acme", 1, "again");
    assertEquals(1, told().size());
  }
}
