package io.tenantpool.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code top} on a real terminal, which {@code script} provides. */
final class TopOnATerminalTest {

  private static final String OTHER_SCREEN = "\u001b[?1049h";
  private static final String FIRST_SCREEN = "\u001b[?1049l";

  @Test
  void itDrawsInPlaceAndAQWithoutEnterEndsIt() throws Exception {
    String tenant = Application.POSTGRES.createDatabase();
    try (Application application = Application.start(Application.withAgent())) {
      application.hold(tenant);
      Process top = onTerminal(application.pid());
      try {
        String shown = readUntil(top.getInputStream(), tenant);
        assertTrue(shown.contains(OTHER_SCREEN), shown);
        assertTrue(shown.contains("\u001b[32m["), shown);
        top.getOutputStream().write('q');
        top.getOutputStream().flush();
        String last = readUntil(top.getInputStream(), FIRST_SCREEN);
        assertTrue(last.contains(FIRST_SCREEN), last);
        assertTrue(top.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, top.exitValue());
      } finally {
        top.destroyForcibly();
      }
    }
  }

  @Test
  void whenTheJvmEndsItSaysSoAndGivesTheTerminalBack() throws Exception {
    Process top;
    String pid;
    try (Application application = Application.start(Application.withAgent())) {
      application.hold(Application.POSTGRES.createDatabase());
      pid = application.pid();
      top = onTerminal(pid);
      readUntil(top.getInputStream(), "JVM " + pid);
    }
    try {
      String last = readUntil(top.getInputStream(), "JVM " + pid + " has ended");
      assertTrue(last.indexOf(FIRST_SCREEN) >= 0, last);
      assertTrue(top.waitFor(30, TimeUnit.SECONDS));
      assertEquals(4, top.exitValue());
    } finally {
      top.destroyForcibly();
    }
  }

  private static Process onTerminal(String pid) throws IOException, SQLException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script, of util-linux");
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs the script of util-linux");
    String command = String.join(" ", Tool.command(List.of(), "top", "-i", "0.3", pid));
    return new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
        .redirectErrorStream(true)
        .start();
  }

  /** All that came, up to this or the end of the output. */
  private static String readUntil(InputStream in, String wanted) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (int c = in.read(); c >= 0 && seen.indexOf(wanted) < 0; c = in.read()) {
      seen.append((char) c);
      if (seen.indexOf(wanted) >= 0) {
        break;
      }
    }
    return new String(
        seen.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
