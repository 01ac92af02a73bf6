package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** A night with too few connections, and what an operator with JConsole sees and does. */
final class ChangesAtRunTimeTest {

  private static final String THIS_PROGRAM = TenantsProgram.class.getName();

  private final List<Notification> notices = new CopyOnWriteArrayList<>();

  @Test
  void whoHoldsAndWhoWaitsIsSeenAndMoreConnectionsHelpAtOnce() throws Exception {
    try (ObservedApplication application =
        ObservedApplication.start(
            ObservedApplication.withAgent()
                .setting("max-connections", 2)
                .setting("leak-detection-threshold", "200ms"))) {
      JmxClient console = application.console();
      List<String> tenants = ObservedApplication.tenants(3);
      application.open("first", tenants.get(0));
      console.awaitBean(ObservedApplication.tenant(tenants.get(0)));
      console
          .beans()
          .addNotificationListener(
              new ObjectName(JmxClient.MANAGER), (notice, none) -> notices.add(notice), null, null);
      application.open("second", tenants.get(1));
      application.wantOpen("third", tenants.get(2));
      CompositeData[] waiting =
          console.await(
              "somebody waiting",
              () -> rows(console, ObservedApplication.server(), "WaitingLine"),
              rows -> rows.length == 1);
      assertEquals("third", waiting[0].get("thread"));
      assertEquals(tenants.get(2), waiting[0].get("tenant"));
      CompositeData[] holders = rows(console, ObservedApplication.server(), "LongestHolders");
      assertEquals(
          List.of("first", "second"), Stream.of(holders).map(h -> h.get("thread")).toList());
      assertTrue(
          String.valueOf(holders[0].get("site")).startsWith(THIS_PROGRAM), holders[0]::toString);
      assertTrue(
          String.valueOf(holders[0].get("stack")).contains(THIS_PROGRAM + ".open("),
          holders[0]::toString);
      assertEquals(
          1, rows(console, ObservedApplication.tenant(tenants.get(0)), "LongestHolders").length);
      String[] words =
          (String[]) console.get(ObservedApplication.server(), "LongestHoldersInWords");
      assertTrue(words[0].contains(", thread first, " + THIS_PROGRAM), words[0]);
      awaitNotice(console, "io.tenantpool.budget.exhausted");
      awaitNotice(console, "io.tenantpool.leak.suspected");

      refused(console, "1");
      refused(console, "many");
      assertEquals(2, console.number(JmxClient.MANAGER, "MaxConnections"));
      assertEquals(1, console.number(ObservedApplication.server(), "Waiting"));

      Object done =
          console
              .beans()
              .invoke(
                  new ObjectName(JmxClient.MANAGER),
                  "changeSetting",
                  new Object[] {"max-connections", "3"},
                  new String[] {String.class.getName(), String.class.getName()});
      assertEquals("tenantpool.max-connections = 3, was 2 (system property)", done);
      application.awaitOpened("third");
      awaitNotice(console, "io.tenantpool.setting.changed");

      console
          .beans()
          .setAttribute(
              new ObjectName(ObservedApplication.server()), new Attribute("ConfiguredBudget", 2));
      console.awaitNumber(2, ObservedApplication.server(), "Budget");
      assertEquals(3, console.number(ObservedApplication.server(), "Active"));
      application.close("first");
      application.close("second");
      application.close("third");
      console.awaitNumber(2, ObservedApplication.server(), "Open");
      String limit = tenants.get(0) + "<=1";
      console
          .beans()
          .invoke(
              new ObjectName(JmxClient.MANAGER),
              "changeSetting",
              new Object[] {"tenant-limits", limit},
              new String[] {String.class.getName(), String.class.getName()});
      console.await(
          "the limits of tenants",
          () -> console.get(ObservedApplication.server(), "TenantLimits"),
          limit::equals);
      application.work(1, tenants.get(0));
      console.awaitNumber(1, ObservedApplication.tenant(tenants.get(0)), "Cap");
      String[] events = {
        "budget-exhausted", "leak-suspected", "setting-refused", "setting-changed"
      };
      for (String event : events) {
        console.await(
            event,
            () -> application.child().err().stream().anyMatch(l -> LogLines.isEvent(event, l)),
            Boolean::booleanValue);
      }
    }
  }

  private static CompositeData[] rows(JmxClient console, String mbean, String attribute)
      throws IOException, JMException {
    return (CompositeData[]) console.get(mbean, attribute);
  }

  private void awaitNotice(JmxClient console, String type) {
    console.await(
        type,
        () -> notices.stream().anyMatch(notice -> notice.getType().equals(type)),
        Boolean::booleanValue);
    notices.forEach(notice -> assertEquals(null, notice.getUserData()));
  }

  private static void refused(JmxClient console, String cap) {
    RuntimeMBeanException wrong =
        assertThrows(
            RuntimeMBeanException.class,
            () ->
                console
                    .beans()
                    .invoke(
                        new ObjectName(JmxClient.MANAGER),
                        "changeSetting",
                        new Object[] {"max-connections", cap},
                        new String[] {String.class.getName(), String.class.getName()}));
    String message = String.valueOf(Objects.requireNonNull(wrong.getCause()).getMessage());
    assertTrue(message.contains("must be a whole number from 2 to 10000"), message);
  }
}
