package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application's logging stays the application's. */
final class OwnLoggingTest {

  @Test
  void theApplicationStillChoosesItsLogManagerAndItsHandlersSeeNothingOfTheAgent()
      throws Exception {
    TestPostgres postgres = ObservedApplication.POSTGRES;
    String user = postgres.createUser("logging", "secret");
    String database = postgres.createDatabase();
    ChildJvm jvm =
        ChildJvm.of(LoggingProgram.class, postgres.url(database), user, "secret").agent(true);
    try (RunningJvm child = jvm.start()) {
      child.awaitLine("ready");
      try (JmxClient console = JmxClient.connect(child)) {
        // The agent has used JMX and its log before the application uses its own.
        console.awaitBean(ObservedApplication.tenant(database));
        child.send("");
        child.awaitLine("done");
        console.call(JmxClient.MANAGER, "resetPeaks");
        console.await(
            "the agent's line",
            () -> child.err().stream().anyMatch(line -> LogLines.isEvent("operator", line)),
            there -> there);
        assertEquals(
            List.of(
                "ready",
                "manager " + OwnLogManager.class.getName(),
                "default handler java.util.logging.ConsoleHandler",
                "logged shop sold",
                "done"),
            child.out());
        child.err().forEach(LogLines::assertText);
      }
    }
  }
}
