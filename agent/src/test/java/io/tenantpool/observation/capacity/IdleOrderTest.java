package io.tenantpool.observation.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdleOrderTest {

  private final IdleOrder order = new IdleOrder();
  private final List<Integer> positions = new ArrayList<>();

  @Test
  void whatCameBackLaterIsCountedAsAListWouldCountIt() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      if (!positions.isEmpty() && random.nextInt(5) < 2) {
        order.remove(positions.remove(random.nextInt(positions.size())));
      } else {
        if (order.isFull()) {
          int[] moved = order.compact(0);
          positions.replaceAll(position -> moved[position]);
        }
        positions.add(order.add(IdleOrder.NONE));
      }
      if (!positions.isEmpty()) {
        int index = random.nextInt(positions.size());
        assertEquals(positions.size() - 1 - index, order.newerThan(positions.get(index)));
      }
    }
    assertEquals(positions.size(), order.size());
  }

  @Test
  void theConnectionsOfATenantStayLinkedWhenGapsAreClosed() {
    int first = order.add(IdleOrder.NONE);
    int gap = order.add(IdleOrder.NONE);
    int second = order.add(first);
    int third = order.add(second);
    order.remove(gap);
    int[] moved = order.compact(0);
    assertEquals(moved[second], order.olderOfTenant(moved[third]));
    assertEquals(moved[first], order.olderOfTenant(moved[second]));
    assertEquals(IdleOrder.NONE, order.olderOfTenant(moved[first]));
    assertEquals(2, order.newerThan(moved[first]));
  }
}
