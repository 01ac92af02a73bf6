package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promise 5, the order itself, against a list that is sorted anew for each look. */
class LeastRecentlyUsedTest {

  @Test
  void theOrderIsThatOfTheLastReturnsWhateverHappens() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LeastRecentlyUsed lru = new LeastRecentlyUsed();
      List<TenantPool> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(new TenantPool("t" + i, false, 3));
        all.get(i).returnedAt(i);
      }
      List<TenantPool> model = new ArrayList<>();
      long now = 100;
      for (int step = 0; step < 1000; step++) {
        TenantPool tenant = all.get(random.nextInt(all.size()));
        switch (random.nextInt(3)) {
          case 0 -> {
            tenant.returnedAt(++now);
            lru.freed(tenant);
            model.remove(tenant);
            model.add(tenant);
          }
          case 1 -> {
            // Made clean a while after its last return.
            lru.freed(tenant);
            model.remove(tenant);
            model.add(tenant);
          }
          default -> {
            lru.remove(tenant);
            model.remove(tenant);
          }
        }
        model.sort(Comparator.comparingLong(TenantPool::lastReturnAt));
        assertEquals(model, order(lru), "seed " + seed);
      }
    }
  }

  private static List<TenantPool> order(LeastRecentlyUsed lru) {
    List<TenantPool> seen = new ArrayList<>();
    assertNull(
        lru.victim(
            tenant -> {
              seen.add(tenant);
              return false;
            }));
    return seen;
  }
}
