package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 7: a server that refuses or does not answer fails with the agent as it does without it,
 * the first time and every time: the second budget of two would be used up were a permit lost.
 */
final class RefusedConnectionTest {

  private static final int BUDGET = 2;

  private final TestPostgres server = TestPostgres.shared();

  @Test
  @Tag("smoke")
  void everyWayToRefuseAConnectionLooksAsItDoesWithoutTheAgent() throws SQLException, IOException {
    server.assumePasswordsAreChecked();
    String user = server.createUser("refused", "secret");
    String database = server.createDatabase();
    String right = "?user=" + user + "&password=secret";
    Map<String, String> urls = new LinkedHashMap<>();
    urls.put("no such database", server.url("no_such_database") + right);
    urls.put("wrong password", server.url(database) + "?user=" + user + "&password=wrong");
    urls.put("no such user", server.url(database) + "?user=nobody_here&password=secret");
    urls.put("no TLS", server.url(database) + right + "&sslmode=require");
    urls.put("wrong option", server.url(database) + right + "&options=-c%20no_such_setting=1");
    urls.put("wrong property", server.url(database) + right + "&prepareThreshold=soon");
    urls.put("no such socket factory", server.url(database) + right + "&socketFactory=no.Such");
    urls.put("no server", "jdbc:postgresql://127.0.0.1:" + closedPort() + "/" + database + right);
    urls.put("no such port", "jdbc:postgresql://127.0.0.1:70000/" + database + right);
    try (Trouble trouble = Trouble.start(Trouble.program(BUDGET, "5s"))) {
      Map<String, String> without = new LinkedHashMap<>();
      Map<String, String> with = new LinkedHashMap<>();
      for (int i = 0; i <= BUDGET; i++) {
        urls.forEach(
            (what, url) -> {
              without.put(what, Seen.ofConnecting(url));
              with.put(what, trouble.connect(url));
            });
        assertEquals(lines(without), lines(with));
      }
      without.forEach((what, seen) -> assertTrue(seen.contains("Exception"), what + seen));
      assertEquals("held: " + BUDGET, trouble.hold(BUDGET, server.url(database) + right));
    }
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersRunsIntoTheTimeoutsOfTheUrl() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Trouble trouble = Trouble.start(Trouble.program(BUDGET, "30s"))) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?user=x&password=x";
      for (String timeout :
          new String[] {"&loginTimeout=1", "&socketTimeout=1", "&socketTimeout=1&loginTimeout=9"}) {
        assertEquals(Seen.ofConnecting(url + timeout), trouble.connect(url + timeout));
      }
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String lines(Map<String, String> seen) {
    StringBuilder lines = new StringBuilder();
    seen.forEach((what, text) -> lines.append(what).append(": ").append(text).append('\n'));
    return lines.toString();
  }
}
