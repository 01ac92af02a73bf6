package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The order of frequency, against a list that is sorted anew for each look, and against counts. */
class FrequencyOrderTest {

  private static TenantPool tenant(int number) {
    return new TenantPool("t" + number, false, TenantShare.hard(3), new Exemption(() -> 0));
  }

  @Test
  void theRarestComesFirstWhateverHappens() {
    Comparator<TenantPool> rarestFirst =
        Comparator.<TenantPool>comparingDouble(tenant -> tenant.frequencyInPlace)
            .thenComparingLong(TenantPool::lastReturn);
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      UseFrequency frequency = new UseFrequency(1 + random.nextInt(100));
      TenantOrder order = new TenantOrder();
      List<TenantPool> all = new ArrayList<>();
      long returns = 0;
      for (int i = 0; i < 40; i++) {
        all.add(tenant(i));
        all.get(i).returnedAt(i, ++returns);
      }
      List<TenantPool> model = new ArrayList<>();
      for (int step = 0; step < 1000; step++) {
        TenantPool tenant = all.get(random.nextInt(all.size()));
        if (model.remove(tenant)) {
          order.remove(tenant);
        }
        int dice = random.nextInt(4);
        if (dice == 0) {
          tenant.returnedAt(step, ++returns);
          tenant.frequency = frequency.used(tenant.frequency, returns);
        }
        if (dice <= 2) {
          order.add(tenant, true);
          model.add(tenant);
        }
        model.sort(rarestFirst);
        assertEquals(model.isEmpty() ? null : model.get(0), order.first(true), "seed " + seed);
      }
      for (TenantPool next : model) {
        assertEquals(next, order.first(true), "seed " + seed);
        order.remove(next);
      }
      assertNull(order.first(true));
      assertNull(order.first(false));
    }
  }

  @Test
  void aFigureIsTheLogarithmOfTheDecayedCountWhateverTheTime() {
    double halfLife = 50;
    UseFrequency frequency = new UseFrequency(halfLife);
    SplittableRandom random = new SplittableRandom(3);
    double figure = UseFrequency.NEVER;
    double count = 0;
    long last = 0;
    for (long number = 1; number < 100_000; number += 1 + random.nextInt(200)) {
      count = count * Math.pow(0.5, (number - last) / halfLife) + 1;
      last = number;
      figure = frequency.used(figure, number);
      double memory = halfLife / Math.log(2);
      assertEquals(Math.log(count), figure - number / memory, 1e-6);
    }
  }

  @Test
  void anotherHalfLifeLeavesCountsWhatTheyAre() {
    UseFrequency before = new UseFrequency(50);
    UseFrequency after = new UseFrequency(500);
    double often = before.used(before.used(UseFrequency.NEVER, 100), 101);
    double once = before.used(UseFrequency.NEVER, 102);
    double factor = Math.exp(often - once);
    double oftenAfter = before.carriedOver(often, 102, after);
    double onceAfter = before.carriedOver(once, 102, after);
    assertEquals(factor, Math.exp(oftenAfter - onceAfter), 1e-9);
    assertEquals(UseFrequency.NEVER, before.carriedOver(UseFrequency.NEVER, 102, after));
  }
}
