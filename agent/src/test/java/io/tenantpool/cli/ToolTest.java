package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "-h"})
  void theHelpNamesEveryCommandAndExitCode(String argument) {
    assertEquals(0, run(argument.isEmpty() ? new String[0] : new String[] {argument}));
    assertTrue(out().startsWith("Tenant Pool Agent 9.9\nUsage: "), out());
    for (String command :
        new String[] {"list", "attach", "status", "top", "evict", "report", "encrypt"}) {
      assertTrue(out().contains("\n  " + command + " "), out());
    }
    for (ExitCode code : ExitCode.values()) {
      assertTrue(out().contains("\n  " + code.code() + " "), out());
    }
    assertEquals("", err());
  }

  @Test
  void theVersionIsTheAgents() {
    assertEquals(0, run("--version"));
    assertEquals("Tenant Pool Agent 9.9\n", out());
  }

  @Test
  void aCommandHasItsOwnHelp() {
    assertEquals(0, run("top", "--help"));
    assertTrue(out().contains("--interval=SECONDS"), out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "status",
        "status x",
        "status 1 2",
        "status --nonsense 1",
        "evict 1",
        "evict 1 acme --database acme",
        "top -i",
        "top -i x 1",
        "list 1"
      })
  void aWrongCommandLineIsOneLineAndExitCode2(String words) {
    assertEquals(2, run(words.split(" ")), words);
    assertEquals("", out());
    assertTrue(err().startsWith("tenant-pool-agent: "), err());
    assertTrue(err().contains("--help"), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void aRefusalIsOneLineAndItsExitCode() {
    assertEquals(4, run("status", Integer.toString(Integer.MAX_VALUE)));
    assertEquals("tenant-pool-agent: there is no process with the id 2147483647\n", err());
  }

  @Test
  void noTwoExitCodesAreTheSame() {
    long different = Arrays.stream(ExitCode.values()).mapToInt(ExitCode::code).distinct().count();
    assertEquals(ExitCode.values().length, different);
  }

  private int run(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            new File("agent.jar"),
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return Tool.run(
        arguments, "9.9", surroundings, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
