package io.tenantpool.it.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/**
 * A connection that idles in an application pool costs two kilobytes at most, the pool's own share
 * included. Red when it keeps its physical connection, which alone takes tens of them.
 */
final class HeapPerConnectionTest {

  /** What a program needs once is there after some pools, and no part of the figure. */
  private static final int POOLS_TO_WARM_UP = 4;

  private static final int FEW_POOLS = 30;
  private static final int MANY_POOLS = 110;
  private static final long MOST_BYTES = 2048;

  @Test
  void anIdleConnectionOfAnApplicationPoolCostsTwoKilobytesAtMost() throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("pools", "secret");
    String url = server.url(server.createDatabase()) + "?ApplicationName=%s";
    try (RunningJvm child =
        ChildJvm.of(IdlePools.class, url, user, "secret")
            .agent(true)
            // What the JVM keeps for as long as there is room would go at some time in between.
            .jvm("-XX:SoftRefLRUPolicyMSPerMB=0")
            .classPath(
                ChildJvm.pathOf(HikariDataSource.class),
                ChildJvm.pathOf(LoggerFactory.class),
                ChildJvm.pathOf(NOPServiceProvider.class))
            .setting("urls", "jdbc:postgresql://**?ApplicationName={tenant}")
            .setting("max-connections", 5)
            .setting("max-idle-time", "1s")
            .limit(Duration.ofMinutes(4))
            .start()) {
      heap(child, POOLS_TO_WARM_UP);
      long few = heap(child, FEW_POOLS);
      long many = heap(child, MANY_POOLS);
      long perConnection = (many - few) / ((MANY_POOLS - FEW_POOLS) * IdlePools.MAXIMUM_POOL_SIZE);
      String figures =
          perConnection
              + " bytes of heap per idle connection of an application pool: from "
              + few
              + " to "
              + many;
      System.out.println(figures);
      assertTrue(perConnection <= MOST_BYTES, figures);
      assertTrue(perConnection >= 100, "nothing was measured: " + figures);
    }
  }

  private static long heap(RunningJvm child, int pools) {
    child.send(String.valueOf(pools));
    assertEquals(
        pools * IdlePools.MAXIMUM_POOL_SIZE, Integer.parseInt(child.awaitLine("connections ")));
    return Long.parseLong(child.awaitLine("heap "));
  }
}
