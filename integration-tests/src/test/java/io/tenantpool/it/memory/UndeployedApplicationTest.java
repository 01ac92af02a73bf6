package io.tenantpool.it.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise 10, nothing left behind: the loader of an undeployed application can be collected. Red
 * when anything that outlives the idle connections refers to a class of the driver.
 */
@Tag("smoke")
final class UndeployedApplicationTest {

  /** It takes two: the idle time-out and the round of the housekeeper after it. */
  private static final int SECONDS = 60;

  @Test
  void theLoaderOfAnUndeployedApplicationIsCollectedOnceItsConnectionsWereIdleForLong()
      throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("web", "secret");
    List<String> arguments = new ArrayList<>();
    arguments.add(ChildJvm.pathOf(Container.class) + File.pathSeparator + ChildJvm.driverJar());
    arguments.addAll(List.of(String.valueOf(SECONDS), server.url("%s"), user, "secret"));
    arguments.addAll(server.createDatabases("web", 5));
    try (RunningJvm child =
        ChildJvm.of(Container.class, arguments.toArray(String[]::new))
            .agent(true)
            .setting("max-idle-time", "1s")
            .onlyClassPath(ChildJvm.pathOf(Container.class))
            .start()) {
      assertEquals("true", child.awaitLine("pooled "));
      String outcome = child.awaitLine("collected ");
      System.out.println("loader of an undeployed application collected: " + outcome + " ms");
      assertTrue(outcome.startsWith("true "), outcome);
    }
  }
}
