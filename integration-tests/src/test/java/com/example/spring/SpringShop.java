package com.example.spring;

import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.DataAccessException;

/** Places orders for every tenant at once. Arguments: those of {@link Tenants}. */
public final class SpringShop {

  /** Each holds two connections at times, so that they are never stuck in a budget of eight. */
  private static final int THREADS = 4;

  private static final int ORDERS_PER_TENANT = 50;

  private SpringShop() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(Tenants.class, () -> tenants);
      context.register(ShopConfiguration.class);
      context.refresh();
      Orders orders = context.getBean(Orders.class);
      Crowd.run(
          THREADS,
          ORDERS_PER_TENANT * tenants.count(),
          i -> CurrentTenant.in(i % tenants.count(), () -> place(orders, i / tenants.count())));
      for (int tenant = 0; tenant < tenants.count(); tenant++) {
        String name = tenants.name(tenant);
        System.out.println(name + " " + CurrentTenant.in(tenant, orders::summary));
        System.out.println(name + " " + CurrentTenant.in(tenant, () -> refusal(orders)));
        System.out.println(name + " " + CurrentTenant.in(tenant, orders::defaults));
      }
    }
  }

  private static boolean place(Orders orders, int number) {
    try {
      orders.place(number);
      return true;
    } catch (Orders.Refused expected) {
      return false;
    }
  }

  private static String refusal(Orders orders) {
    try {
      orders.writeThoughReadOnly();
      return "wrote in a transaction that is read-only";
    } catch (DataAccessException e) {
      return "refused: " + e.getMostSpecificCause().getMessage();
    }
  }
}
