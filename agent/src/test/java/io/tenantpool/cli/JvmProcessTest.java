package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProcessTest {

  private static final long SELF = ProcessHandle.current().pid();

  @TempDir private Path proc;

  @Test
  void aProcessWithoutTheLibraryOfAJvmIsRefused() throws IOException {
    write("maps", "7f00-7f01 r-xp 00000000 00:00 0 /usr/lib/libc.so.6\n");
    Refusal refusal = assertThrows(Refusal.class, () -> process(SELF).check(false));
    assertEquals(ExitCode.NO_JVM, refusal.exitCode());
    write("maps", "7f00-7f01 r-xp 00000000 00:00 0 /usr/lib/jvm/lib/server/libjvm.so\n");
    assertDoesNotThrow(() -> process(SELF).check(false));
  }

  @Test
  void whereNothingCanBeSeenTheNameOfTheProgramDecides() {
    // This JVM's program is java.
    assertDoesNotThrow(() -> process(SELF).check(false));
  }

  @Test
  void aJvmThatWouldBeEndedByTheSignalIsNotTouched() throws IOException {
    write("status", "Name:\tjava\nSigCgt:\t0000000000000001\n");
    assertFalse(process(SELF).isReady());
    Refusal refusal = assertThrows(Refusal.class, () -> process(SELF).check(true));
    assertEquals(ExitCode.NOT_ATTACHABLE, refusal.exitCode());
    write("status", "Name:\tjava\nSigCgt:\t2000000181005ccf\n");
    assertTrue(process(SELF).isReady());
  }

  @Test
  void aProcessThatIsNotThereIsRefused() {
    Refusal refusal = assertThrows(Refusal.class, () -> process(Integer.MAX_VALUE).check(false));
    assertEquals(ExitCode.NO_JVM, refusal.exitCode());
    assertEquals("there is no process with the id 2147483647", refusal.getMessage());
  }

  @Test
  void onlyRootMayLookAtTheJvmOfAnother() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> process(7).refuseAnotherUsers(Optional.of("app"), Optional.of("me")));
    assertEquals(ExitCode.NOT_ALLOWED, refusal.exitCode());
    assertTrue(refusal.getMessage().contains("belongs to the user app"), refusal.getMessage());
    assertDoesNotThrow(
        () -> process(7).refuseAnotherUsers(Optional.of("app"), Optional.of("root")));
    assertDoesNotThrow(() -> process(7).refuseAnotherUsers(Optional.of("me"), Optional.of("me")));
    assertDoesNotThrow(() -> process(7).refuseAnotherUsers(Optional.empty(), Optional.of("me")));
  }

  @Test
  void theEnvironmentIsReadWhereItIsShown() throws IOException {
    assertEquals(Map.of(), process(SELF).environment());
    write("environ", "A=1\0TENANTPOOL_RESET=a=b\0odd\0");
    assertEquals(Map.of("A", "1", "TENANTPOOL_RESET", "a=b"), process(SELF).environment());
  }

  private JvmProcess process(long pid) {
    return new JvmProcess(pid, proc);
  }

  private void write(String file, String text) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Long.toString(SELF)));
    Files.writeString(directory.resolve(file), text);
  }
}
