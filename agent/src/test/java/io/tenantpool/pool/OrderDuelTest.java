package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of two orders of victims is in force: whichever would have had more hits lately. */
class OrderDuelTest {

  private final OrderDuel duel = new OrderDuel(3);
  private final UseFrequency frequency = new UseFrequency(1000);
  private final List<TenantPool> tenants = new ArrayList<>();
  private long requests;

  OrderDuelTest() {
    for (int i = 0; i < 100; i++) {
      tenants.add(new TenantPool("t" + i, false, TenantShare.hard(3), new Exemption(() -> 0)));
    }
  }

  private void ask(int tenant) {
    duel.asked(tenants.get(tenant), frequency, ++requests);
  }

  @Test
  void lruIsInForceWhereBothAreAlike() {
    for (int i = 0; i < 1000; i++) {
      ask(i % 2);
    }
    assertFalse(duel.isInFrequency());
  }

  @Test
  void frequencyIsInForceWhereSomeAreWantedAmongManyThatAreWantedOnce() {
    for (int i = 0; i < 400; i++) {
      ask(50);
      ask(60 + i % 20);
      ask(80 + i % 20);
      ask(60 + (i + 7) % 20);
      ask(80 + (i + 7) % 20);
    }
    assertTrue(duel.isInFrequency());
  }

  @Test
  void lruIsInForceAgainWhereWhatWasOftenWantedIsNotWantedAnyMore() {
    frequencyIsInForceWhereSomeAreWantedAmongManyThatAreWantedOnce();
    for (int i = 0; i < 48; i += 2) {
      for (int twice = 0; twice < 2; twice++) {
        ask(i);
        ask(i + 1);
      }
    }
    assertFalse(duel.isInFrequency());
  }
}
