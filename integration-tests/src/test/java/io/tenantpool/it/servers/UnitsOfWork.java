package io.tenantpool.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What is asked of the application in a server, and what must come of it. Without the agent, or
 * where one of the server's pools keeps a socket for each of its connections, PostgreSQL has too
 * many clients before half of it is done.
 */
final class UnitsOfWork {

  private static final List<String> KINDS = List.of("plain", "committed", "rolledback");
  private static final int OF_EACH_KIND = 15;
  private static final int THREADS = 16;

  /** Open Liberty would take requests in HTTP/2, and end the connection after some of them. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Tenants tenants;
  private final URI application;

  UnitsOfWork(Tenants tenants, URI application) {
    this.tenants = tenants;
    this.application = application;
  }

  /** Does it, and returns what was seen in words. */
  String allDoneWithinTheBudget() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    Map<String, Future<String>> answers = new TreeMap<>();
    List<Integer> sessions = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Connection admin = tenants.postgres().admin()) {
      for (int i = 0; i < OF_EACH_KIND; i++) {
        for (int kind = 0; kind < KINDS.size(); kind++) {
          for (int tenant = 0; tenant < Tenants.COUNT; tenant++) {
            int number = kind * OF_EACH_KIND + i;
            String query = query(KINDS.get(kind), tenant, number);
            expected.put(query, tenants.databases().get(tenant) + " 4321ms 1");
            answers.put(query, threads.submit(() -> get(query)));
          }
        }
      }
      for (Future<String> answer : answers.values()) {
        answer.get();
        sessions.add(sessions(admin));
      }
      assertEquals(expected, answersOf(answers));
      for (int tenant = 0; tenant < Tenants.COUNT; tenant++) {
        String query = query("hold", tenant, Tenants.POOL_SIZE);
        assertEquals(Tenants.POOL_SIZE + " held", get(query));
        sessions.add(sessions(admin));
      }
    } finally {
      threads.shutdownNow();
    }
    for (String database : tenants.databases()) {
      assertEquals(2 * OF_EACH_KIND, rows(database));
    }
    Collections.sort(sessions);
    int median = sessions.get(sessions.size() / 2);
    int most = sessions.get(sessions.size() - 1);
    String seen =
        answers.size()
            + " units of work, pools of "
            + Tenants.COUNT * Tenants.POOL_SIZE
            + " connections; sessions at the server: median "
            + median
            + ", most "
            + most;
    // A session ends some milliseconds after its socket.
    assertTrue(median <= Tenants.BUDGET && most < 2 * Tenants.BUDGET, seen);
    return seen;
  }

  /** A handle that is used after its transaction, when the server's pool has the connection. */
  void keptHandlesAnswerAsTheDriverDoes() throws Exception {
    for (int tenant = 0; tenant < Tenants.COUNT; tenant++) {
      int number = 1000 + tenant;
      assertEquals("true 42 1 true by " + number, get(query("kept", tenant, number)));
    }
  }

  private static Map<String, String> answersOf(Map<String, Future<String>> answers)
      throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, Future<String>> each : answers.entrySet()) {
      all.put(each.getKey(), each.getValue().get());
    }
    return all;
  }

  private static String query(String kind, int tenant, int number) {
    return "kind=" + kind + "&tenant=" + tenant + "&number=" + number;
  }

  private String get(String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(application.resolve("units?" + query))
            .timeout(Duration.ofSeconds(60))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode() == 200
        ? response.body().strip()
        : response.statusCode() + " " + response.body();
  }

  private int sessions(Connection admin) throws SQLException {
    return number(
        admin, "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + tenants.user() + "'");
  }

  private int rows(String database) throws SQLException {
    try (Connection admin = tenants.postgres().admin(database)) {
      return number(admin, "SELECT count(*) FROM units");
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }
}
