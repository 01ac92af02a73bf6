package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent comes to a JVM that runs. */
final class AttachTest {

  @Test
  @Tag("smoke")
  void attachBringsTheAgentOnceWithItsSettings() throws SQLException {
    String tenant = Application.POSTGRES.createDatabase();
    try (Application application = Application.start(Application.plain())) {
      application.hold(tenant);
      Tool.run("attach", application.pid(), "max-connections=7", "acquire-timeout=2s")
          .succeeded()
          .says("The agent is now in JVM " + application.pid());
      application.hold(tenant);
      Tool.run("status", application.pid()).succeeded().says(" of 7 (", tenant + " 1 1 0 0");
      Tool.run("attach", application.pid()).refused(8, "already");
    }
  }

  @Test
  void attachWithJsonSaysSo() throws SQLException {
    try (Application application = Application.start(Application.plain())) {
      Tool attach = Tool.run("attach", "--json", application.pid()).succeeded();
      assertTrue(attach.out().contains("\"attached\":true"), attach.out());
    }
  }

  @Test
  void wrongSettingsAreNamedHereAndNothingChangesThere() throws SQLException {
    try (Application application =
        Application.start(Application.plain().setting("reserved-connections", 20))) {
      Tool wrong = Tool.run("attach", application.pid(), "max-conections=7", "acquire-timeout=1");
      assertEquals(2, wrong.exit(), wrong::toString);
      assertTrue(wrong.err().contains("max-conections"), wrong.err());
      assertTrue(wrong.err().contains("acquire-timeout"), wrong.err());
      // What the JVM was given counts as well.
      Tool both = Tool.run("attach", application.pid(), "max-connections=7");
      assertEquals(2, both.exit(), both::toString);
      assertTrue(both.err().contains("reserved-connections"), both.err());
      Tool.run("status", application.pid()).refused(7, "the agent is not in JVM");
      assertEquals("", String.join("\n", application.child().err()));
    }
  }

  @Test
  void aDisabledAgentIsShownAsSuch() throws SQLException {
    try (Application application = Application.start(Application.plain().agent("enabled=false"))) {
      Tool.run("list").succeeded().says(application.pid() + " disabled");
      Tool.run("status", application.pid()).refused(7, "tenantpool.enabled=false");
      Tool.run("attach", application.pid()).refused(8, "told to do nothing");
    }
  }

  @Test
  void anAttachedAgentLoadsNothingOfTheTool() throws SQLException {
    String tenant = Application.POSTGRES.createDatabase();
    try (Application application =
        Application.start(Application.withAgent().jvm("-Xlog:class+load"))) {
      application.hold(tenant);
      Tool.run("status", application.pid()).succeeded();
      Path jar = ChildJvm.agentJar();
      String loaded = String.join("\n", application.child().out());
      assertTrue(loaded.contains("io.tenantpool.start.AgentStarter"), jar::toString);
      assertFalse(loaded.contains(" picocli."), "picocli was loaded");
      assertFalse(loaded.contains(" io.tenantpool.cli."), "the tool was loaded");
    }
  }
}
