package io.tenantpool.observation.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.HttpSettings;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.Upkeep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request here goes through a real socket. */
final class HttpEndpointTest {

  private static final String TOKEN = "0123456789abcdefABCDEF";

  private static final Map<String, Page> PAGES =
      Map.of(
          "/page",
          new Page("text/plain; charset=utf-8", () -> "grüße\n"),
          "/broken",
          new Page(
              "text/plain",
              () -> {
                throw new IllegalStateException("inside");
              }));

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @BeforeEach
  void open() throws IOException {
    endpoint = open(0, Ticker.system());
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private HttpEndpoint open(int port, Ticker ticker) throws IOException {
    return HttpEndpoint.open(
        new HttpSettings(port, "127.0.0.1", TOKEN), PAGES, ticker, failures::add, Upkeep.threads());
  }

  private java.net.http.HttpRequest.Builder request(String path) {
    return java.net.http.HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + endpoint.port() + path));
  }

  private HttpResponse<String> send(java.net.http.HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    return send(request(path).header("Authorization", authorization));
  }

  /** Sends these bytes and returns all that comes back until the end of the stream. */
  private static String raw(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException refusedBeforeTheEnd) {
        // The reply is there all the same.
      }
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(reply);
      return reply.toString(StandardCharsets.UTF_8);
    }
  }

  private String raw(String request) throws IOException {
    return raw(endpoint.port(), request.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void theTokenOpensAPage() throws Exception {
    HttpResponse<String> reply = get("/page?x=1", "Bearer " + TOKEN);
    assertEquals(200, reply.statusCode());
    assertEquals("grüße\n", reply.body());
    assertEquals(List.of("text/plain; charset=utf-8"), reply.headers().allValues("Content-Type"));
  }

  @Test
  void withoutATokenNothingIsSaid() throws Exception {
    for (String path : List.of("/page", "/broken", "/unknown")) {
      HttpResponse<String> reply = send(request(path));
      assertEquals(401, reply.statusCode());
      assertEquals("Unauthorized\n", reply.body());
      assertEquals(
          List.of("Bearer realm=\"tenantpool\""), reply.headers().allValues("WWW-Authenticate"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcdefABCDEf",
        "Bearer 0123456789abcdefABCDE",
        "Bearer 0123456789abcdefABCDEFF",
        "Basic 0123456789abcdefABCDEF",
        "0123456789abcdefABCDEF"
      })
  void aWrongTokenIsNone(String authorization) throws Exception {
    assertEquals(401, get("/page", authorization).statusCode());
  }

  @Test
  void theSchemeMayBeWrittenInAnyCase() throws Exception {
    assertEquals(200, get("/page", "bearer " + TOKEN).statusCode());
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertEquals(404, get("/", "Bearer " + TOKEN).statusCode());
    assertEquals(404, get("/page/", "Bearer " + TOKEN).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "OPTIONS", "TRACK"})
  void anotherMethodIsNotAllowed(String method) throws Exception {
    HttpResponse<String> reply =
        send(
            request("/page")
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.noBody()));
    assertEquals(405, reply.statusCode());
    assertEquals(List.of("GET, HEAD"), reply.headers().allValues("Allow"));
  }

  @Test
  void headHasTheLengthAndNoBody() throws IOException {
    String reply =
        raw("HEAD /page HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n");
    assertTrue(reply.startsWith("HTTP/1.1 200 OK\r\n"), reply);
    assertTrue(reply.contains("Content-Length: 8\r\n"), reply);
    assertTrue(reply.endsWith("\r\n\r\n"), reply);
  }

  @Test
  void aBodyIsTooMuch() throws Exception {
    HttpResponse<String> reply =
        send(
            request("/page")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString("x".repeat(100_000))));
    assertEquals(413, reply.statusCode());
  }

  @Test
  void aHeaderOfMoreThanEightKilobytesIsRefused() throws Exception {
    String authorized = "GET /page HTTP/1.1\r\nAuthorization: Bearer " + TOKEN + "\r\n";
    assertTrue(raw(authorized + "X: " + "x".repeat(7000) + "\r\n\r\n").contains(" 200 "));
    for (int size : new int[] {8192, 100_000}) {
      String reply = raw(authorized + "X: " + "x".repeat(size) + "\r\n\r\n");
      assertTrue(reply.startsWith("HTTP/1.1 431 "), reply);
    }
    String longLine = raw("GET /" + "x".repeat(50_000) + " HTTP/1.1\r\n\r\n");
    assertTrue(longLine.startsWith("HTTP/1.1 431 "), longLine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /page\r\n\r\n",
        "GET /page HTTP/2.0\r\n\r\n",
        "GET  /page HTTP/1.1\r\n\r\n",
        "GET /page HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /page HTTP/1.1\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n"
      })
  void whatIsNoRequestIsABadOne(String request) throws IOException {
    String reply = raw(request);
    assertTrue(reply.startsWith("HTTP/1.1 400 Bad Request\r\n"), reply);
  }

  @Test
  void aRequestThatDripsIsEndedInTime() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Ticker fast =
        new Ticker() {
          @Override
          public long nanos() {
            return nanos.getAndAdd(HttpRequest.LONGEST_NANOS);
          }

          @Override
          public long epochMillis() {
            return 0;
          }
        };
    try (HttpEndpoint slow = open(0, fast)) {
      String reply = raw(slow.port(), new byte[] {'G'});
      assertTrue(reply.startsWith("HTTP/1.1 408 "), reply);
    }
  }

  @Test
  void aPageThatThrowsIsReportedAndSaysNothingOfIt() throws Exception {
    HttpResponse<String> reply = get("/broken", "Bearer " + TOKEN);
    assertEquals(500, reply.statusCode());
    assertFalse(reply.body().contains("inside"));
    assertEquals(List.of("inside"), failures.stream().map(Throwable::getMessage).toList());
    assertEquals(200, get("/page", "Bearer " + TOKEN).statusCode());
  }

  @Test
  void aPortThatIsTakenIsAnException() {
    assertThrows(BindException.class, () -> open(endpoint.port(), Ticker.system()));
  }

  @Test
  void aClosedEndpointFreesItsPortAndEndsItsThread() throws Exception {
    int port = endpoint.port();
    endpoint.close();
    open(port, Ticker.system()).close();
    assertEquals(List.of(), List.copyOf(failures));
  }

  @Test
  void connectionsThatSayNothingAreEndedAndOthersAnsweredThen() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), endpoint.port()));
      }
      for (Socket each : silent) {
        each.shutdownOutput();
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      boolean answered = false;
      while (!answered && System.nanoTime() < deadline) {
        try {
          answered = get("/page", "Bearer " + TOKEN).statusCode() == 200;
        } catch (IOException turnedAway) {
          Thread.onSpinWait();
        }
      }
      assertTrue(answered);
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
  }
}
