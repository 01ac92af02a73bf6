package io.tenantpool.it.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent's log as it is by default: one line per event, and no event that is a borrow. */
final class LogTest {

  @Test
  @Tag("smoke")
  void aThousandBorrowsLeaveNoLineAndNoComplaintOfALibrary() throws Exception {
    // What an application sets for the logging of its own is none of the agent's business.
    ChildJvm jvm =
        ObservedApplication.withAgent()
            .jvm("-Dslf4j.provider=com.example.NoSuchProvider")
            .jvm("-Dtinylog.configuration=no-such-file.properties")
            .jvm("-Dtinylog.configurationloader=no such loader")
            .jvm("-Dtinylog.level=trace", "-Dtinylog.writer=no such writer")
            .jvm("-Dtinylog.writer.format=#{unclosed {message}");
    try (ObservedApplication application = ObservedApplication.start(jvm)) {
      JmxClient console = application.console();
      String database = ObservedApplication.tenants(1).get(0);
      application.work(1, database);
      console.awaitBean(ObservedApplication.tenant(database));
      awaitOperatorLines(application, 1);
      int before = application.child().err().size();
      application.work(1000, database);
      awaitOperatorLines(application, 2);
      List<String> lines = application.child().err();
      lines.forEach(LogLines::assertText);
      assertEquals(before + 1, lines.size(), lines::toString);
      assertTrue(LogLines.isEvent("started", lines.get(0)), lines::toString);
      assertTrue(LogLines.isEvent("server-added", lines.get(1)), lines::toString);
      assertTrue(lines.get(1).contains("server=" + ObservedApplication.serverName()));
    }
  }

  /** Events are written in their order: when this one is there, those before it are. */
  private static void awaitOperatorLines(ObservedApplication application, long count)
      throws Exception {
    application.console().call(JmxClient.MANAGER, "resetPeaks");
    application
        .console()
        .await(
            "operator lines",
            () ->
                application.child().err().stream()
                    .filter(line -> LogLines.isEvent("operator", line))
                    .count(),
            lines -> lines == count);
  }
}
