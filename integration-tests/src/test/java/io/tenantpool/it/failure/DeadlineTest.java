package io.tenantpool.it.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Promise 6: one deadline bounds everything between asking and having, however far a silent server
 * lets the driver come. No borrow ends later than 100 ms after it.
 */
final class DeadlineTest {

  private static final String PASSWORD = "not-to-be-seen";
  private static final int ACQUIRE_MILLIS = 900;

  /** HikariCP rounds its own timeout up to whole seconds for the driver. */
  private static final int LOGIN_MILLIS = 1000;

  private static final int LATEST_MILLIS = Math.max(ACQUIRE_MILLIS, LOGIN_MILLIS) + 100;

  private final TestPostgres server = TestPostgres.shared();

  @ParameterizedTest
  @EnumSource
  void aConnectEndsWithTheDeadline(SilentServer.Kind kind) throws Exception {
    try (SilentServer silent = new SilentServer(kind)) {
      List<String> lines =
          ChildJvm.of(
                  DeadlineProgram.class,
                  server.url(server.createDatabase())
                      + "?password="
                      + PASSWORD
                      + "&user="
                      + server.createUser("deadline", PASSWORD),
                  String.valueOf(LATEST_MILLIS),
                  String.valueOf(silent.port()))
              .classPath(
                  ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class))
              .agent(true)
              .setting("acquire-timeout", ACQUIRE_MILLIS + "ms")
              .run()
              .succeeded()
              .out()
              .stream()
              .filter(line -> line.startsWith(silent.port() + " "))
              .toList();
      assertEquals(3, lines.size(), lines::toString);
      for (String line : lines) {
        String[] words = line.split(" ", 5);
        long millis = Long.parseLong(words[2]);
        assertTrue(millis <= LATEST_MILLIS, line);
        assertEquals("08001", words[3], line);
      }
      assertTrue(
          lines.get(0).contains("tenantpool.acquire-timeout: it was connecting"), lines.get(0));
    }
  }
}
