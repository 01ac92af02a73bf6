package io.tenantpool.cli;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.util.Comparator;
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

  static List<LocalJvm> all() {
    String self = Long.toString(ProcessHandle.current().pid());
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<LocalJvm>> answers =
          VirtualMachine.list().stream()
              .filter(jvm -> !jvm.id().equals(self))
              .map(jvm -> CompletableFuture.supplyAsync(() -> ask(jvm), executor))
              .toList();
      return answers.stream()
          .map(CompletableFuture::join)
          .sorted(Comparator.comparingLong(LocalJvm::pid))
          .toList();
    } finally {
      executor.shutdown();
    }
  }

  private static LocalJvm ask(VirtualMachineDescriptor jvm) {
    long pid = Long.parseLong(jvm.id());
    String program = LocalJvm.programOf(jvm.displayName());
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
