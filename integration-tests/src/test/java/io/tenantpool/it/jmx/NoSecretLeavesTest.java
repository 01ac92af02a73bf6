package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 9: whatever way a password comes in, it does not come out. Red as soon as a URL, a
 * property or a driver's message reaches log, MBean, meter or thread name as it is.
 */
final class NoSecretLeavesTest {

  /** Parts of the passwords used, such as no encoding changes. */
  private static final List<String> SECRETS =
      List.of("Ge7heim", "Zx-nobody", "Wr0ngSecret", "Schl8ssel");

  private static final String IN_URL =
      URLEncoder.encode(ObservedApplication.PASSWORD, StandardCharsets.UTF_8);

  @Test
  void noPasswordInLogsMBeansMetersMessagesOrThreadNames(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("agent.log");
    try (ObservedApplication application =
        ObservedApplication.start(
            ObservedApplication.withAgent()
                .setting("log-level", "trace")
                .setting("log-file", log)
                .setting("max-connections-per-tenant", 1)
                .setting("tenant-cap", "hard")
                .setting("acquire-timeout", "2s"))) {
      JmxClient console = application.console();
      List<String> databases = ObservedApplication.tenants(3);
      String user = application.user();
      application.work(2, databases.get(0));
      String url = ObservedApplication.POSTGRES.url(databases.get(1));
      String withPassword =
          url + "?user=" + user + "&password=" + IN_URL + "&sslpassword=Schl8ssel";
      application.child().send("open embedded " + withPassword);
      application.awaitOpened("embedded");
      fails(application, "timeout " + withPassword, "53300");
      application.close("embedded");
      fails(application, "wrong " + url + "?user=" + user + "&password=Wr0ngSecret", "28P01");
      fails(application, "wrong " + url + " " + user + " Wr0ngSecret", "28P01");
      String unknown = url.replace(databases.get(1), "no_such_database");
      fails(application, "unknown " + unknown + "?user=" + user + "&password=" + IN_URL, "3D000");
      String port = ":" + ObservedApplication.POSTGRES.port() + "/";
      fails(
          application,
          "malformed " + url.replace(port, ":x/") + "?user=" + user + "&password=" + IN_URL,
          "");
      fails(application, "userinfo " + url.replace("//", "//" + user + ":" + IN_URL + "@"), "");
      fails(
          application,
          "refused jdbc:postgresql://localhost:1/db?password=" + IN_URL + "&user=" + user,
          "08001");
      console.awaitBean(ObservedApplication.tenant(databases.get(1)));
      console.await(
          "the last event",
          () -> Files.readString(log),
          text -> text.contains("no_such_database") && text.contains("timed-out"));
      List<String> values = everyValue(console);
      assertTrue(values.size() > 300, "read " + values.size());
      assertNoSecret(values);
      assertNoSecret(Files.readAllLines(log));
      Files.readAllLines(log).forEach(LogLines::assertText);
      // The driver itself quotes a URL that it cannot parse, without the agent too.
      assertNoSecret(
          application.child().out().stream()
              .filter(line -> !line.contains("PSQLException: Unable to parse URL"))
              .toList());
      assertNoSecret(application.child().err());
      assertEquals(url, shownUrl(console, databases.get(1)));
    }
  }

  private static String shownUrl(JmxClient console, String database) throws Exception {
    String shown = (String) console.get(ObservedApplication.tenant(database), "Url");
    return shown.substring(0, shown.indexOf('?') < 0 ? shown.length() : shown.indexOf('?'));
  }

  private static void fails(ObservedApplication application, String what, String sqlState) {
    String name = what.substring(0, what.indexOf(' '));
    application.child().send("open " + what);
    String failure = application.child().awaitLine("failed " + name + " ");
    assertTrue(failure.startsWith(sqlState), failure);
  }

  private static void assertNoSecret(List<String> texts) {
    for (String secret : SECRETS) {
      for (String text : texts) {
        assertFalse(text.contains(secret), text);
      }
    }
  }

  /** Names, attribute values and thread names, of the agent and of everybody else in the JVM. */
  private static List<String> everyValue(JmxClient console) throws IOException, JMException {
    List<String> values = new ArrayList<>();
    for (ObjectName name : console.names("*:*")) {
      values.add(name.toString());
      for (MBeanAttributeInfo attribute : console.beans().getMBeanInfo(name).getAttributes()) {
        try {
          Object value = console.beans().getAttribute(name, attribute.getName());
          values.add(
              name
                  + " "
                  + attribute.getName()
                  + " "
                  + (value instanceof Object[] array ? Arrays.deepToString(array) : value));
        } catch (JMException | RuntimeException unsupportedHere) {
          values.add(name + " " + unsupportedHere);
        }
      }
    }
    Object threads =
        console
            .beans()
            .invoke(
                new ObjectName("java.lang:type=Threading"),
                "dumpAllThreads",
                new Object[] {true, true},
                new String[] {"boolean", "boolean"});
    values.add(Arrays.deepToString((Object[]) threads));
    return values;
  }
}
