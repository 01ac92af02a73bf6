package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 6: with the cap used up, a wait ends with an exception that says all that an operator has
 * to know.
 */
final class WaitingTest {

  private static final String PASSWORD = "not-to-be-seen";
  private static final String HELD =
      " All of them were held for the whole of that by threads that executed nothing at the end of"
          + " it: ";
  private static final String HOW =
      " These threads wait for something else, perhaps for this one: let them hold no connection"
          + " meanwhile, or allow as many as they need at once.";

  private final TestPostgres server = TestPostgres.shared();

  @Test
  @Tag("smoke")
  void aServersCapThatIsUsedUpFailsAfterTheAcquireTimeoutAndSaysAll() throws SQLException {
    String holder = server.createDatabase();
    String late = server.createDatabase();
    String user = server.createUser("waiting", PASSWORD);
    try (Trouble trouble = Trouble.start(Trouble.program(2, "1s"))) {
      assertEquals("held: 2", trouble.hold(2, url(holder, user)));
      String seen = trouble.connect(url(late, user));
      Matcher words =
          matching(
              seen,
              "tenant-pool: tenant '"
                  + late
                  + "' on "
                  + server.host()
                  + ":"
                  + server.port()
                  + ": no connection within (\\d+) ms; the tenant uses 0 of 2 (1 waiting),"
                  + " the server 2 of 2 connections (2 leased, 0 connecting, 1 waiting); longest holders: '"
                  + holder
                  + "' for \\d+ ms in thread 'main', '"
                  + holder
                  + "' for \\d+ ms in thread 'main'."
                  + HELD
                  + "'main' with 2 of '"
                  + holder
                  + "' for \\d+ ms, waiting for a connection itself at"
                  + " io.tenantpool.it.failure.Seen.ofConnecting(Seen.java:\\d+)."
                  + HOW
                  + " To allow the server more, raise tenantpool.max-connections");
      long waited = Long.parseLong(words.group(1));
      assertTrue(waited >= 1000, seen);
      assertEquals("released", trouble.release());
      assertEquals("worked: at work", trouble.connect(url(late, user)));
      String log = String.join("\n", trouble.child().out()) + trouble.child().err();
      assertFalse(log.contains(PASSWORD), log);
    }
  }

  @Test
  void aTenantsCapThatIsUsedUpNamesTheTenantsSetting() throws SQLException {
    String database = server.createDatabase();
    String user = server.createUser("waiting", PASSWORD);
    ChildJvm jvm =
        ChildJvm.of(TwoThreadsProgram.class, url(database, user))
            .agent(true)
            .setting("max-connections-per-tenant", 1)
            .setting("tenant-cap", "hard")
            .setting("acquire-timeout", "2s");
    matching(
        jvm.run().succeeded().outText(),
        "tenant-pool: tenant '"
            + database
            + "' on "
            + server.host()
            + ":"
            + server.port()
            + ": no connection within (\\d+) ms; the tenant uses 1 of 1 (1 waiting),"
            + " the server 1 of 100 connections (1 leased, 0 connecting, 1 waiting); longest holders: '"
            + database
            + "' for \\d+ ms in thread 'main'."
            + HELD
            + "'main' with 1 of '"
            + database
            + "' for \\d+ ms, at"
            + " io.tenantpool.it.failure.TwoThreadsProgram.main(TwoThreadsProgram.java:\\d+)."
            + HOW
            + " To allow a tenant more, raise tenantpool.max-connections-per-tenant, or set"
            + " tenantpool.tenant-cap=elastic");
  }

  /** In {@code words} only {@code \d+} and a group of it are patterns. */
  private static Matcher matching(String seen, String words) {
    String text = words.replace("(\\d+)", "\1").replace("\\d+", "\2");
    String quoted = Pattern.quote(text).replace("\1", "\\E(\\d+)\\Q").replace("\2", "\\E\\d+\\Q");
    Pattern pattern =
        Pattern.compile(Pattern.quote("java.sql.SQLTransientConnectionException 53300 ") + quoted);
    Matcher matcher = pattern.matcher(seen);
    assertTrue(matcher.matches(), () -> "wanted " + words + "\ngot " + seen);
    return matcher;
  }

  private String url(String database, String user) {
    return server.url(database) + "?user=" + user + "&password=" + PASSWORD;
  }
}
