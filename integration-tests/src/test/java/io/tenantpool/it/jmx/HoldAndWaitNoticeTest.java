package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A console is told when a borrow waited in vain for what others held and did not use. */
final class HoldAndWaitNoticeTest {

  private static final String TYPE = "io.tenantpool.hold.and.wait";

  @Test
  void eachTenantThatWaitsInVainIsToldOnceInAnEpisode() throws Exception {
    ChildJvm jvm =
        ObservedApplication.withAgent()
            .setting("tenant-limits", "*<=1")
            .setting("acquire-timeout", "1s");
    try (ObservedApplication application = ObservedApplication.start(jvm)) {
      List<String> tenants = ObservedApplication.tenants(2);
      JmxClient console = application.console();
      application.open("first", tenants.get(0));
      application.open("second", tenants.get(1));
      console.awaitBean(ObservedApplication.server());
      List<Notification> told = new CopyOnWriteArrayList<>();
      console
          .beans()
          .addNotificationListener(
              new ObjectName(JmxClient.MANAGER),
              (notification, handback) -> told.add(notification),
              null,
              null);
      for (String tenant : tenants) {
        application.wantOpen("waiter", tenant);
        String failure = application.child().awaitLine("failed waiter ");
        assertTrue(failure.contains("executed nothing at the end of it: '"), failure);
        assertTrue(failure.endsWith("raise *<=1 in tenantpool.tenant-limits"), failure);
        console.await("the notice of " + tenant, () -> about(told, tenant), n -> n == 1);
        console.awaitNumber(1, ObservedApplication.tenant(tenant), "HoldAndWaits");
      }
      application.wantOpen("waiter", tenants.get(0));
      application.child().awaitLine("failed waiter ");
      console.awaitNumber(2, ObservedApplication.tenant(tenants.get(0)), "HoldAndWaits");
      assertEquals(1, about(told, tenants.get(0)), "" + told);
      assertTrue(
          told.stream()
              .filter(n -> n.getType().equals(TYPE))
              .allMatch(n -> n.getMessage().contains("which has ended")),
          "" + told);
      application.close("first");
      application.close("second");
    }
  }

  private static long about(List<Notification> told, String tenant) {
    return told.stream()
        .filter(n -> n.getType().equals(TYPE) && n.getMessage().contains("'" + tenant + "' got"))
        .count();
  }
}
