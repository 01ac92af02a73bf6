package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LocalJvmTest {

  @Test
  void theArgumentsOfAProgramAreNotShown() {
    assertEquals("com.acme.Main", LocalJvm.programOf("com.acme.Main --password=secret"));
    assertEquals("/opt/app.jar", LocalJvm.programOf("/opt/app.jar"));
    assertEquals("-", LocalJvm.programOf(""));
  }

  @Test
  void aSystemPropertySaysWhetherTheAgentIsThere() {
    Properties properties = new Properties();
    assertEquals(AgentPresence.NO, AgentPresence.in(properties));
    properties.setProperty("io.tenantpool.agent", "on");
    assertEquals(AgentPresence.YES, AgentPresence.in(properties));
    properties.setProperty("io.tenantpool.agent", "disabled");
    assertEquals(AgentPresence.DISABLED, AgentPresence.in(properties));
  }

  @Test
  void theTableHasALineForEachAndSaysWhatIsWrong() {
    JvmTable table =
        new JvmTable(
            List.of(
                new LocalJvm(12, AgentPresence.YES, "17.0.1", "com.acme.Main", ""),
                new LocalJvm(345, AgentPresence.UNKNOWN, "", "x", "JVM 345 does not answer")));
    String text = Figures.text(table.lines());
    assertTrue(text.contains(" 12 yes 17.0.1 com.acme.Main\n"), text);
    assertTrue(text.endsWith(" 345 unknown - x (JVM 345 does not answer)"), text);
    assertEquals(
        Map.of("pid", 12L, "agent", "yes", "java", "17.0.1", "program", "com.acme.Main"),
        table.asList().get(0));
    assertEquals("JVM 345 does not answer", table.asList().get(1).get("problem"));
  }

  @Test
  void theWordsOfTheJdkTellADisabledMechanismFromAJvmThatHangs() {
    String disabled =
        Attachment.notAttachable(7, "The VM does not support the attach mechanism").getMessage();
    assertTrue(disabled.contains("was started with -XX:+DisableAttachMechanism"), disabled);
    String hangs =
        Attachment.notAttachable(7, "target process 7 doesn't respond within 10500ms").getMessage();
    assertTrue(hangs.contains("JVM 7 does not answer"), hangs);
  }
}
