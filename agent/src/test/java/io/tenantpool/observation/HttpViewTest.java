package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.upkeep.FaultKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observation with an HTTP port, over a pool whose figures are known. */
final class HttpViewTest {

  private static final String TOKEN = "0123456789abcdefABCDEF";

  private final HttpClient client = HttpClient.newHttpClient();
  private Show show = shown("");

  private static Show shown(String more) {
    Show show = new Show(Settings.of("http-port=0,http-token=" + TOKEN + more));
    show.step();
    return show;
  }

  @AfterEach
  void end() {
    show.desk.close();
  }

  private int port() {
    return show.log.stream()
        .map(Pattern.compile("http-listening address=127.0.0.1 port=(\\d+)")::matcher)
        .filter(Matcher::find)
        .map(line -> Integer.parseInt(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(show.log));
  }

  private HttpResponse<String> ask(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    HttpResponse<String> reply = ask(path);
    assertEquals(200, reply.statusCode(), reply::body);
    return reply.body();
  }

  private void assertTold(String what) {
    String fault = "kind=http what=\"" + what + "\"";
    assertEquals(
        1, show.log.stream().filter(line -> line.contains(fault)).count(), show.log::toString);
    assertEquals(1, show.faults.count(FaultKind.HTTP));
  }

  private static void assertLine(String line, String page) {
    assertTrue(page.lines().anyMatch(line::equals), () -> line + " is not in\n" + page);
  }

  @Test
  void metricsShowTheServersFigures() throws Exception {
    show.live("acme");
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 10, 2_000_000, 0));
    show.step();
    String page = get("/metrics");
    assertLine("tenantpool_connections_budget{server=\"db:5432\"} 97.0", page);
    assertLine("tenantpool_connections_open{server=\"db:5432\"} 20.0", page);
    assertLine("tenantpool_waiting{server=\"db:5432\"} 4.0", page);
    assertLine("tenantpool_timeouts_total{server=\"db:5432\"} 1.0", page);
    assertLine("tenantpool_evictions_total{cause=\"capacity\",server=\"db:5432\"} 4.0", page);
    assertLine("tenantpool_pins_total{cause=\"transaction\",server=\"db:5432\"} 9.0", page);
    assertLine("tenantpool_borrow_seconds_bucket{server=\"db:5432\",le=\"0.001\"} 0", page);
    assertLine("tenantpool_borrow_seconds_bucket{server=\"db:5432\",le=\"0.005\"} 10", page);
    assertLine("tenantpool_agent_faults_total 42.0", page);
  }

  @Test
  void aLiveTenantHasSeriesAndADormantOneHasNone() throws Exception {
    show.live("acme");
    String line = "tenantpool_tenant_borrows_total{server=\"db:5432\",tenant=\"acme\"} 8.0";
    assertLine(line, get("/metrics"));
    show.dormant("acme");
    assertFalse(get("/metrics").contains("tenantpool_tenant_"));
    show.live("acme");
    assertLine(line, get("/metrics"));
  }

  @Test
  void aTenantsNameCannotForgeALine() throws Exception {
    show.live("a\"\ncme_total 1\n\\");
    String page = get("/metrics");
    assertTrue(page.contains("tenant=\"a\\\"\\ncme_total 1\\n\\\\\"}"), page);
    assertFalse(get("/report").lines().anyMatch(line -> line.startsWith("cme_total")));
  }

  @Test
  void theTopTenantsAreThoseWithTheMostBorrows() throws Exception {
    end();
    show = shown(",metrics.tenant-tags=top:2");
    for (int i = 1; i <= 4; i++) {
      show.pool.borrows = i == 2 ? 100 : i;
      show.live("tenant" + i);
    }
    assertEquals(
        List.of(
            "tenantpool_tenant_borrows_total{server=\"db:5432\",tenant=\"tenant2\"} 100.0",
            "tenantpool_tenant_borrows_total{server=\"db:5432\",tenant=\"tenant4\"} 4.0"),
        get("/metrics").lines().filter(l -> l.startsWith("tenantpool_tenant_borrows_t")).toList());
  }

  @Test
  void aTenantsWaitsAreCountedByWhatForUnderOneNameWithOneHead() throws Exception {
    show.live("acme");
    String page = get("/metrics");
    assertLine(
        "tenantpool_tenant_waits_total{cause=\"share\",server=\"db:5432\",tenant=\"acme\"} 4.0",
        page);
    assertLine(
        "tenantpool_tenant_wait_seconds_total{cause=\"share\",server=\"db:5432\",tenant=\"acme\"}"
            + " 0.008",
        page);
    assertEquals(
        1,
        page.lines().filter(l -> l.equals("# TYPE tenantpool_tenant_waits_total counter")).count());
    assertEquals(
        4, page.lines().filter(l -> l.startsWith("tenantpool_tenant_waits_total{")).count());
    String report = get("/report");
    assertTrue(report.contains("waited most  acme 4 of 2000 us"), report);
  }

  @Test
  void withNoneNoTenantHasSeries() throws Exception {
    end();
    show = shown(",metrics.tenant-tags=none");
    show.live("acme");
    String page = get("/metrics");
    assertFalse(page.contains("acme"), page);
    assertLine("tenantpool_connections_open{server=\"db:5432\"} 20.0", page);
  }

  @Test
  void healthIsAnObjectOfJson() throws Exception {
    show.live("acme");
    assertEquals(
        "{\"status\":\"up\",\"servers\":1,\"open\":20,\"waiting\":4,\"agentFaults\":42,"
            + "\"observationFaults\":0}",
        get("/health").strip());
  }

  @Test
  void theReportIsOnePageForAPerson() throws Exception {
    show.live("acme");
    String page = get("/report");
    assertTrue(page.startsWith("Tenant Pool Agent 1.2.3\n"), page);
    assertLine("Server db:5432", page);
    assertLine(
        "  connections  20 of 97 open (12 active, 1 connecting, 7 idle), most 21; 2 not pooled",
        page);
    assertLine(
        "  borrows      8, 75.0 % without a connect, mean 10 us; 4 waiting, 1 timed out", page);
    assertLine("       1      0       0          8     75.0  acme", page);
  }

  @Test
  void aPortThatIsTakenIsOneLineAndAllElseWorks() throws Exception {
    end();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      show = new Show(Settings.of("http-port=" + taken.getLocalPort() + ",http-token=" + TOKEN));
      show.live("acme");
      show.step();
      List<String> lines = show.log.stream().filter(l -> l.contains("http")).toList();
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(
          lines
              .get(0)
              .contains(
                  " WARN  tenantpool http-not-listening address=127.0.0.1 port="
                      + taken.getLocalPort()
                      + " change=tenantpool.http-port failure=java.net.BindException message="),
          lines.get(0));
      assertEquals(1, show.names("io.tenantpool:type=Tenant,*").size());
    }
  }

  @Test
  void aPageThatFailsIsToldAndTheNextRequestIsAnswered() throws Exception {
    show.pool.failure = new IllegalStateException("on purpose");
    assertEquals(500, ask("/report").statusCode());
    show.pool.failure = null;
    assertLine("Server db:5432", get("/report"));
    show.step();
    assertTold("a request could not be answered");
  }

  @Test
  void aPageThatCannotBeMadeReadyIsToldAndIsThereAllTheSame() throws Exception {
    end();
    show = new Show(Settings.of("http-port=0,http-token=" + TOKEN));
    show.pool.failure = new IllegalStateException("on purpose");
    show.step();
    show.pool.failure = null;
    show.live("acme");
    assertLine("tenantpool_connections_open{server=\"db:5432\"} 20.0", get("/metrics"));
    assertTold("a page could not be made ready");
  }

  @Test
  void theLogNeverHoldsTheToken() throws Exception {
    get("/metrics");
    client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/" + TOKEN))
            .header("Authorization", "Bearer " + TOKEN)
            .build(),
        BodyHandlers.ofString());
    show.step();
    assertFalse(show.log.toString().contains(TOKEN));
  }

  @Test
  void withTheEndThePortIsFree() throws Exception {
    int port = port();
    end();
    try (ServerSocket next = new ServerSocket()) {
      // As every server does: the connections of before may still be in TIME_WAIT.
      next.setReuseAddress(true);
      next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
