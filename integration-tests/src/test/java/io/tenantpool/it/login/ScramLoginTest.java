package io.tenantpool.it.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A login derives its key from the password once for each salt. The server goes on to say which
 * password is right.
 */
final class ScramLoginTest {

  private static ChildJvm.Outcome run(boolean agent) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("scram", "secret");
    return ChildJvm.of(ScramLoginProgram.class, server.url(server.createDatabase()), user)
        .agent(agent)
        .run()
        .succeeded();
  }

  @Test
  void aPasswordIsTurnedIntoAKeyOnceAndAWrongOneIsWrongAsEver() throws SQLException {
    ChildJvm.Outcome outcome = run(true);
    assertEquals(
        List.of("derived 1", "refused 28P01", "derived for it 1", "derived then 1"), outcome.out());
    assertFalse(outcome.errText().contains("agent-fault"), outcome::errText);
  }

  @Test
  void withoutTheAgentEachConnectDoesItAgain() throws SQLException {
    assertEquals(
        List.of("derived 3", "refused 28P01", "derived for it 1", "derived then 3"),
        run(false).out());
  }
}
