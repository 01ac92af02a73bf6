package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TenantChoiceTest {

  @Test
  void theSecondTenantIsHalfAsBusyAsTheFirst() {
    TenantChoice choice =
        new TenantChoice(List.of(tenant("first"), tenant("second"), tenant("third")));
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 11_000; i++) {
      counts.merge(choice.next(random).name(), 1, Integer::sum);
    }
    assertEquals(6000, counts.getOrDefault("first", 0), 300.0);
    assertEquals(3000, counts.getOrDefault("second", 0), 300.0);
    assertEquals(2000, counts.getOrDefault("third", 0), 300.0);
  }

  private static Tenant tenant(String name) {
    return new Tenant(name, "jdbc:postgresql://localhost/" + name, name, "");
  }
}
