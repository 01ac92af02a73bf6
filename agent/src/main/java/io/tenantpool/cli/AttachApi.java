package io.tenantpool.cli;

import java.util.List;
import java.util.Optional;

/** Whether this JVM has what it takes to look into another one: parts of a JDK. */
final class AttachApi {

  private static final List<String> MODULES = List.of("jdk.attach", "java.management.rmi");

  private AttachApi() {}

  /** To be called before any class is touched that mentions {@code com.sun.tools.attach}. */
  static void require() throws Refusal {
    Optional<String> missing =
        MODULES.stream().filter(name -> ModuleLayer.boot().findModule(name).isEmpty()).findFirst();
    if (missing.isPresent()) {
      throw new Refusal(
          ExitCode.NO_JDK,
          "this java ("
              + System.getProperty("java.home")
              + ") is a JRE without the module "
              + missing.get()
              + "; run the tool with the java of a JDK, 17 or newer");
    }
  }
}
