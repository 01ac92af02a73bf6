package io.tenantpool.it.monitoring;

import static io.tenantpool.it.monitoring.WatchedApplication.TOKEN;
import static io.tenantpool.it.monitoring.WatchedApplication.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The endpoint of the finished jar in an application that knows nothing of it. */
final class HttpTest {

  private static final String[] WITH_TOKEN = {"Authorization", "Bearer " + TOKEN};

  @Test
  void theTokenOpensAllPagesAndIsNeverPrinted() throws Exception {
    try (WatchedApplication application = WatchedApplication.start(0)) {
      int port = application.port();
      for (String tenant : application.tenants()) {
        WatchedApplication.await(
            port, "/metrics", page -> page.contains("tenant=\"" + tenant + "\""), WITH_TOKEN);
      }
      String metrics = get(port, "/metrics", WITH_TOKEN).body();
      assertTrue(metrics.lines().anyMatch(l -> l.matches("tenantpool_borrows_total\\{.*} 10.0")));
      assertTrue(get(port, "/health", WITH_TOKEN).body().startsWith("{\"status\":\"up\","));
      assertTrue(get(port, "/report", WITH_TOKEN).body().contains(application.tenants().get(0)));
      for (String path : List.of("/metrics", "/health", "/report", "/")) {
        assertEquals(401, get(port, path).statusCode());
        assertEquals(401, get(port, path, "Authorization", "Bearer " + TOKEN + "x").statusCode());
      }
      assertEquals(404, get(port, "/" + TOKEN, WITH_TOKEN).statusCode());
      application.child().send("q");
      ChildJvm.Outcome outcome = application.child().awaitExit().succeeded();
      assertFalse(outcome.errText().contains(TOKEN), outcome.errText());
      assertFalse(outcome.errText().contains("observation-problem"), outcome.errText());
    }
  }

  @Test
  void withAPortThatIsTakenTheApplicationStartsAndOneLineSaysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WatchedApplication application = WatchedApplication.start(taken.getLocalPort())) {
      application.child().awaitErrorLine(line -> line.contains(" http-not-listening "));
      application.child().send("q");
      ChildJvm.Outcome outcome = application.child().awaitExit().succeeded();
      List<String> lines = outcome.err().stream().filter(l -> l.contains("http")).toList();
      assertEquals(1, lines.size(), outcome::errText);
      assertTrue(lines.get(0).contains("port=" + taken.getLocalPort() + " "), lines.get(0));
      assertTrue(lines.get(0).contains("tenantpool.http-port"), lines.get(0));
    }
  }

  @Test
  void aPortWithoutATokenStopsTheJvmBeforeMain() {
    ChildJvm.Outcome outcome = ChildJvm.of(TwoTenantsProgram.class).agent("http-port=0").run();
    assertTrue(outcome.exitCode() != 0);
    assertFalse(outcome.outText().contains("ready"), outcome.outText());
    assertTrue(outcome.errText().contains("nobody may look without a token"), outcome.errText());
  }
}
