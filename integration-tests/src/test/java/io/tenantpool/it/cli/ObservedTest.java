package io.tenantpool.it.cli;

import io.tenantpool.it.support.ChildJvm;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands, on a JVM whose connections are only watched. */
final class ObservedTest {

  @Test
  void everyCommandTellsOfConnectionsThatAreOnlyWatched() throws SQLException {
    String tenant = Application.POSTGRES.createDatabases("watched", 1).get(0);
    ChildJvm observed = Application.withAgent().setting("mode", "observe");
    try (Application application = Application.start(observed)) {
      application.hold(tenant);
      application.hold(tenant);
      Tool.runWithoutEndOfInput(
              Tool.command(List.of(), "top", "-i", "0.5", "-n", "16", application.pid()))
          .succeeded()
          .says("mode observe", "watched: open 2 busy 0 idle in pools 0", tenant + " 2 0 2 0.0");
      Tool.run("status", application.pid())
          .succeeded()
          .says(
              "mode observe",
              "0 of 10 (0 %)",
              "watched 2 open 0 busy 0 idle in pools peak 2 connects 2 would pin 0",
              "WATCHED TENANT OPEN BUSY PEAK CONNECTS CONNECT WOULD PIN",
              tenant + " 2 0 2 2 ");
      Tool.run("status", application.pid(), "--json")
          .succeeded()
          .says("\"watchedTenants\":[{\"server\":\"" + Application.server(), "\"Held\":2,");
      Tool.run("evict", application.pid(), tenant)
          .refused(
              10, "tenant '" + tenant + "' is only watched: its connections are the application's");
      Tool.run("report", application.pid())
          .succeeded()
          .says("observed and not pooled", "Connects: 2 in", tenant);
    }
  }
}
