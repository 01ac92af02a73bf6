package io.tenantpool.it.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A tenant that was seen once and has no physical connection costs a kilobyte at most. */
final class HeapPerTenantTest {

  private static final int FEW = 250;
  private static final int MORE = 600;
  private static final int LOOKS = 4;

  /** Its figures in the pool and its URL in the router's cache together. */
  private static final long MOST_BYTES = 1024;

  @Test
  void aTenantWithoutConnectionsCostsAKilobyteAtMostAndNoThread() throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("many", "secret");
    String url = server.url(server.createDatabase()) + "?ApplicationName=%s";
    try (RunningJvm child =
        ChildJvm.of(ManyTenants.class, url, user, "secret")
            .agent(true)
            // What the JVM keeps for as long as there is room would go at some time in between.
            .jvm("-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:+UseSerialGC")
            .setting("urls", "jdbc:postgresql://**?ApplicationName={tenant}")
            .setting("max-connections", 5)
            .setting("max-idle-time", "1s")
            .limit(Duration.ofMinutes(4))
            .start()) {
      Footprint few = footprint(child, FEW);
      Footprint some = footprint(child, FEW + MORE);
      Footprint many = footprint(child, FEW + 2 * MORE);
      long first = (some.heap() - few.heap()) / MORE;
      long second = (many.heap() - some.heap()) / MORE;
      String figures =
          first
              + " and "
              + second
              + " bytes of heap per tenant without connections: from "
              + few.heap()
              + " over "
              + some.heap()
              + " to "
              + many.heap();
      System.out.println(figures);
      // What grows once, whenever that is, is in one of the two only.
      assertTrue(Math.min(first, second) <= MOST_BYTES, figures);
      assertTrue(Math.max(first, second) >= 50, "nothing was measured: " + figures);
      Set<String> more = new HashSet<>(many.threads());
      more.removeAll(few.threads());
      // It comes with a connect and goes a while after the last one.
      more.remove("tenant-pool-deadlines");
      assertEquals(Set.of(), more, "threads that came with tenants");
    }
  }

  /** The least of some looks: what the JVM itself is about to throw away comes and goes. */
  private static Footprint footprint(RunningJvm child, int tenants) {
    long least = Long.MAX_VALUE;
    Set<String> threads = Set.of();
    for (int look = 0; look < LOOKS; look++) {
      child.send(String.valueOf(tenants));
      least = Math.min(least, Long.parseLong(child.awaitLine("heap ")));
      threads = Set.of(child.awaitLine("threads ").split(", "));
    }
    return new Footprint(least, threads);
  }

  private record Footprint(long heap, Set<String> threads) {}
}
