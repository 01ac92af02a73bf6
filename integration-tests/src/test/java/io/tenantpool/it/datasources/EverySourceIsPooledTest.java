package io.tenantpool.it.datasources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/**
 * The cap holds for every way to a connection that is supported, whatever way it was told its
 * place. Red as soon as one of them goes past the pool: then it holds more than the cap.
 */
final class EverySourceIsPooledTest {

  private static final int CAP = 2;

  @Test
  void noSourceHoldsMoreThanTheCapAndNothingIsLeftToTheDriver() throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("sources", "secret");
    String database = server.createDatabase();
    server.give(database, user);
    URI place = URI.create(server.url(database).substring("jdbc:".length()));
    ChildJvm.Outcome outcome =
        ChildJvm.of(
                SourceProgram.class,
                place.getHost(),
                String.valueOf(place.getPort()),
                database,
                user,
                "secret")
            .classPath(jarOf(HikariDataSource.class), jarOf(Logger.class))
            .agent(true)
            .setting("max-connections", CAP)
            .setting("acquire-timeout", "1500ms")
            .run()
            .succeeded();
    List<String> lines =
        outcome.out().stream().filter(line -> line.contains(", refused ")).toList();
    assertEquals(11, lines.size(), outcome::outText);
    for (String line : lines) {
      assertTrue(line.endsWith(": " + CAP + ", refused 53300"), outcome::outText);
    }
    assertFalse(outcome.errText().contains("not-pooled"), outcome::errText);
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
