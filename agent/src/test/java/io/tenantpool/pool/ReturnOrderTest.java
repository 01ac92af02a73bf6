package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promise 5, the order itself, against a list that is sorted anew for each look. */
class ReturnOrderTest {

  @Test
  void theOrderIsThatOfTheLastReturnsWhateverHappens() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReturnOrder order = new ReturnOrder();
      List<TenantPool> all = new ArrayList<>();
      long returns = 0;
      for (int i = 0; i < 12; i++) {
        all.add(new TenantPool("t" + i, false, TenantShare.hard(3), new Exemption(() -> 0)));
        all.get(i).returnedAt(i, ++returns);
      }
      List<TenantPool> model = new ArrayList<>();
      for (int step = 0; step < 1000; step++) {
        TenantPool tenant = all.get(random.nextInt(all.size()));
        if (model.remove(tenant)) {
          order.remove(tenant);
        }
        int dice = random.nextInt(3);
        if (dice == 0) {
          tenant.returnedAt(step, ++returns);
        }
        // Without a return it was made clean a while after its last one.
        if (dice <= 1) {
          order.add(tenant);
          model.add(tenant);
        }
        model.sort(Comparator.comparingLong(TenantPool::lastReturn));
        assertEquals(model.isEmpty() ? null : model.get(0), order.first(), "seed " + seed);
      }
      for (TenantPool next : model) {
        assertEquals(next, order.first(), "seed " + seed);
        order.remove(next);
      }
      assertNull(order.first());
    }
  }
}
