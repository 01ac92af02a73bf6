package io.tenantpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ground that the other tests stand on. */
final class SupportTest {

  @Test
  void databasesAndUsersAreThereAndPasswordsAreChecked() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    server.assumePasswordsAreChecked();
    List<String> databases = server.createDatabases("support", 2);
    String user = server.createUser("somebody", "right");
    server.give(databases.get(0), user);
    for (String database : databases) {
      try (Connection connection =
          DriverManager.getConnection(server.url(database), user, "right")) {
        assertEquals(database, connection.getCatalog());
      }
    }
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> DriverManager.getConnection(server.url(databases.get(0)), user, "wrong"));
    assertEquals("28P01", refused.getSQLState());
  }

  @Test
  void aChildAnswersAndEnds() {
    try (RunningJvm child = ChildJvm.of(Echo.class, "first").start()) {
      assertEquals("first", child.awaitLine("said "));
      child.send("second");
      assertEquals("second", child.awaitLine("heard "));
      assertEquals(3, child.awaitExit().exitCode());
    }
  }

  @Test
  void aChildThatDoesNotEndIsKilled() {
    try (RunningJvm child =
        ChildJvm.of(Echo.class, "for ever").limit(Duration.ofSeconds(3)).start()) {
      assertThrows(AssertionError.class, child::awaitExit);
      child.close();
      child.awaitDeath();
      assertFalse(child.isAlive());
    }
  }
}
