package io.tenantpool.it.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * {@code tenantpool.single-statement-urls}, end to end: SQL of several statements is refused on the
 * URLs of the setting, and on no others. Without the agent the program prints no 42601.
 */
final class SingleStatementTest {

  private final TestPostgres server = TestPostgres.shared();

  @Test
  void severalStatementsAreRefusedOnTheUrlsOfTheSettingAlone() throws SQLException {
    String guarded = server.createDatabase();
    String other = server.createDatabase();
    List<String> out =
        ChildJvm.of(
                SingleStatementProgram.class,
                server.url(guarded) + "?user=postgres",
                server.url(other) + "?user=postgres")
            .classPath(
                ChildJvm.pathOf(HikariDataSource.class), ChildJvm.pathOf(LoggerFactory.class))
            .agent(true)
            .setting("single-statement-urls", "jdbc:postgresql://**/" + guarded)
            .run()
            .succeeded()
            .out();
    assertEquals(
        List.of(
            line("DriverManager", guarded, "42601"),
            line("HikariCP", guarded, "42601"),
            line("DriverManager", other, other),
            line("HikariCP", other, other)),
        out);
  }

  private static String line(String way, String one, String two) {
    return String.format(Locale.ROOT, "%s\t%s\t%s", way, one, two);
  }
}
