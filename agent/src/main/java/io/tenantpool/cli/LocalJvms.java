package io.tenantpool.cli;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JVMs that this user may look at, this one aside. */
final class LocalJvms {

  /** Whoever hangs answers after ten seconds; the others need not wait for it. */
  private static final int AT_ONCE = 8;

  private LocalJvms() {}

  /** In the order of their process ids. */
  static List<LocalJvm> all() {
    long self = ProcessHandle.current().pid();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<LocalJvm>> answers =
          Attachment.list().entrySet().stream()
              .filter(jvm -> jvm.getKey() != self)
              .map(
                  jvm ->
                      CompletableFuture.supplyAsync(
                          () -> ask(jvm.getKey(), LocalJvm.programOf(jvm.getValue())), executor))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      executor.shutdown();
    }
  }

  private static LocalJvm ask(long pid, String program) {
    try (Attachment attachment = Attachment.to(pid)) {
      Properties properties = attachment.properties();
      return new LocalJvm(
          pid,
          AgentPresence.in(properties),
          properties.getProperty("java.version", ""),
          program,
          "");
    } catch (Refusal refusal) {
      return new LocalJvm(pid, AgentPresence.UNKNOWN, "", program, refusal.getMessage());
    }
  }
}
