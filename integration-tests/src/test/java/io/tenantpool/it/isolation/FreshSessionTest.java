package io.tenantpool.it.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 3, end to end: a program that leaves everything behind finds nothing of it in its next
 * connection, though it is the same session of the server. Red when a part of the reset is missing.
 */
@Tag("smoke")
final class FreshSessionTest {

  private static final int KINDS_AT_LEAST = 25;

  private final TestPostgres server = TestPostgres.shared();

  @ParameterizedTest
  @ValueSource(strings = {"autocommit", "open transaction", "failed transaction", "begun by hand"})
  void nothingThatWasLeftIsFoundInTheNextConnectionOfTheSameSession(String ending)
      throws SQLException {
    List<String> without = program(ending, false);
    List<String> with = program(ending, true);
    List<String> left = lines(with, "left");
    assertTrue(left.size() >= KINDS_AT_LEAST, left::toString);
    for (String line : left) {
      String[] words = line.split("\t", -1);
      assertNotEquals(words[1], words[2], () -> "the program did not leave it: " + line);
    }
    assertEquals(lines(without, "left"), left);
    assertEquals(lines(without, "found"), lines(with, "found"));
    assertEquals(2, lines(without, "session").stream().distinct().count());
    assertEquals(1, lines(with, "session").stream().distinct().count());
  }

  private List<String> program(String ending, boolean agent) throws SQLException {
    String user = server.createUser("fresh", "secret");
    String database = server.createDatabase();
    server.give(database, user);
    server.execute(database, "CREATE TABLE kept (id int)", "GRANT ALL ON kept TO " + user);
    return ChildJvm.of(
            FreshSessionProgram.class,
            server.url(database) + "?user=" + user + "&password=secret",
            ending)
        .agent(agent)
        .setting("max-connections-per-tenant", 1)
        .setting("tenant-cap", "hard")
        .run()
        .succeeded()
        .out();
  }

  private static List<String> lines(List<String> all, String kind) {
    return all.stream()
        .filter(line -> line.startsWith(kind + "\t"))
        .map(line -> line.substring(kind.length() + 1))
        .toList();
  }
}
