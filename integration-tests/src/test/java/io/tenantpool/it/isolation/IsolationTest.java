package io.tenantpool.it.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 2: requests that differ in anything never meet on one session of the server, and equal
 * ones do. Red as soon as something is missing in the pool key.
 */
final class IsolationTest {

  private static final int ROUNDS = 12;

  private final TestPostgres server = TestPostgres.shared();
  private String user = "";
  private String database = "";
  private RunningJvm child;

  @BeforeEach
  void start() throws SQLException {
    user = server.createUser("isolation", "secret");
    database = server.createDatabase();
    child =
        ChildJvm.of(IdentityProgram.class)
            .agent(true)
            .setting("max-connections-per-tenant", ROUNDS)
            .start();
  }

  @AfterEach
  void end() {
    child.close();
  }

  private Identity usual() {
    return Identity.of(server.url(database), user, "secret");
  }

  @Test
  @Tag("smoke")
  void twoDatabasesNeverMeet() throws SQLException {
    String other = server.createDatabase();
    neverMeet(usual(), Identity.of(server.url(other), user, "secret"));
  }

  @Test
  void twoUsersNeverMeet() throws SQLException {
    String other = server.createUser("isolation", "secret");
    neverMeet(usual(), Identity.of(server.url(database), other, "secret"));
  }

  @Test
  void twoUsersInTheUrlNeverMeet() throws SQLException {
    String other = server.createUser("isolation", "secret");
    String url = server.url(database) + "?password=secret&user=";
    neverMeet(
        new Identity("shared", url + user, Map.of()),
        new Identity("shared", url + other, Map.of()));
  }

  @Test
  void twoOptionsNeverMeet() {
    neverMeet(
        usual().with("options", "-c work_mem=5MB"), usual().with("options", "-c work_mem=6MB"));
  }

  @Test
  void twoApplicationNamesNeverMeet() {
    neverMeet(usual().with("ApplicationName", "one"), usual().with("ApplicationName", "two"));
  }

  @Test
  void twoStringTypesNeverMeet() {
    neverMeet(usual(), usual().with("stringtype", "unspecified"));
  }

  @Test
  void twoCopiesOfTheDriverNeverMeet() {
    neverMeet(usual(), usual().through("a"), usual().through("b"));
  }

  @Test
  @Tag("smoke")
  void aWrongPasswordFailsAsWithoutTheAgentHoweverManyRightOnesAreOpen() throws SQLException {
    server.assumePasswordsAreChecked();
    String withoutAgent = failureWithoutAgent("wrong");
    for (int i = 0; i < 3; i++) {
      assertTrue(ask("keep", usual()).startsWith("session\t"));
      assertTrue(ask("close", usual()).startsWith("session\t"));
      assertEquals(withoutAgent, ask("close", Identity.of(server.url(database), user, "wrong")));
      Identity inTheUrl =
          new Identity(
              "shared", server.url(database) + "?user=" + user + "&password=wrong", Map.of());
      assertEquals(withoutAgent, ask("close", inTheUrl));
    }
    assertEquals(failureWithoutAgent(null), ask("close", withoutPassword()));
  }

  @Test
  void aChangedPasswordLogsInAtOnceAndThenTheOldOneIsRefused() throws SQLException {
    server.assumePasswordsAreChecked();
    String before = pid(ask("close", usual()));
    server.execute("postgres", "ALTER ROLE " + user + " PASSWORD 'changed'");
    String withoutAgent = failureWithoutAgent("secret");
    Identity changed = Identity.of(server.url(database), user, "changed");
    assertNotEquals(before, pid(ask("close", changed)), "nobody has shown that password before");
    Set<String> after = new HashSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      after.add(pid(ask("close", changed)));
      assertEquals(withoutAgent, ask("close", usual()));
    }
    assertTrue(after.size() < ROUNDS, () -> "the new password shares nothing: " + after);
  }

  @Test
  void thePasswordOfYesterdayFailsOnceItsSessionsAreGone() throws SQLException {
    server.assumePasswordsAreChecked();
    String before = pid(ask("close", usual()));
    server.execute(
        "postgres",
        "ALTER ROLE " + user + " PASSWORD 'changed'",
        "SELECT pg_terminate_backend(" + before + ", 10000)");
    String withoutAgent = failureWithoutAgent("secret");
    // A session that ended while idle may still be handed out once before anybody notices.
    String first = ask("close", usual());
    if (!first.equals(withoutAgent)) {
      assertTrue(first.matches("failed\t(57P01|08006)\t.*"), first);
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(withoutAgent, ask("close", usual()));
    }
  }

  private Identity withoutPassword() {
    return new Identity("shared", server.url(database), Map.of("user", user));
  }

  private void neverMeet(Identity... identities) {
    List<String> expected = new ArrayList<>();
    List<Set<String>> sessions = new ArrayList<>();
    for (Identity identity : identities) {
      expected.add(who(ask("close", identity)));
      sessions.add(new HashSet<>());
    }
    assertEquals(identities.length, Set.copyOf(expected).size(), expected::toString);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < identities.length; i++) {
        String answer = ask("close", identities[i]);
        assertEquals(expected.get(i), who(answer));
        sessions.get(i).add(pid(answer));
      }
    }
    Set<String> all = new HashSet<>();
    int sum = 0;
    for (Set<String> own : sessions) {
      assertTrue(own.size() < ROUNDS, () -> "equal requests share nothing: " + own);
      all.addAll(own);
      sum += own.size();
    }
    assertEquals(sum, all.size(), () -> "some session served two of them: " + sessions);
  }

  private String ask(String what, Identity identity) {
    child.send(identity.line(what));
    return child.awaitLine(line -> line.startsWith("session\t") || line.startsWith("failed\t"));
  }

  private String failureWithoutAgent(@Nullable String password) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (password != null) {
      properties.setProperty("password", password);
    }
    SQLException failure =
        assertThrows(
            SQLException.class,
            () -> DriverManager.getConnection(server.url(database), properties).close());
    return "failed\t" + failure.getSQLState() + "\t" + failure.getMessage();
  }

  private static String pid(String answer) {
    return words(answer)[1];
  }

  private static String who(String answer) {
    return words(answer)[2];
  }

  private static String[] words(String answer) {
    String[] words = answer.split("\t", -1);
    assertEquals("session", words[0], answer);
    return words;
  }
}
