package io.tenantpool.it.monitoring;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** {@link TwoTenantsProgram} under the agent, against a real server. */
final class WatchedApplication implements AutoCloseable {

  static final TestPostgres POSTGRES = TestPostgres.shared();
  static final String TOKEN = "Zq7.tok-en_of~this+test/0123==";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final RunningJvm child;
  private final List<String> tenants;

  private WatchedApplication(RunningJvm child, List<String> tenants) {
    this.child = child;
    this.tenants = tenants;
  }

  static WatchedApplication start(Object port, String... jvmArguments) throws SQLException {
    List<String> tenants = POSTGRES.createDatabases("watched", 2);
    String[] urls =
        tenants.stream()
            .map(t -> POSTGRES.url(t) + "?user=" + POSTGRES.adminUser() + password())
            .toArray(String[]::new);
    RunningJvm child =
        ChildJvm.of(TwoTenantsProgram.class, urls)
            .jvm(jvmArguments)
            .agent(true)
            .setting("http-port", port)
            .setting("http-token", TOKEN)
            .start();
    child.awaitLine("ready");
    return new WatchedApplication(child, tenants);
  }

  private static String password() {
    String password = POSTGRES.adminPassword();
    return password.isEmpty() ? "" : "&password=" + password;
  }

  RunningJvm child() {
    return child;
  }

  List<String> tenants() {
    return tenants;
  }

  /** The port that the agent says it listens at. */
  int port() {
    String line = child.awaitErrorLine(l -> l.contains(" http-listening "));
    return Integer.parseInt(line.replaceAll(".* port=(\\d+).*", "$1"));
  }

  static HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** What the answer to {@code body} says. */
  static String post(int port, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  /** Asks until the answer is right; nobody there yet is no answer. */
  static String await(int port, String path, Predicate<String> right, String... headers)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    String last = "no answer";
    do {
      try {
        last = get(port, path, headers).body();
        if (right.test(last)) {
          return last;
        }
      } catch (IOException notYet) {
        last = notYet.toString();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < end);
    throw new AssertionError("the last answer was " + last);
  }

  @Override
  public void close() {
    child.close();
  }
}
