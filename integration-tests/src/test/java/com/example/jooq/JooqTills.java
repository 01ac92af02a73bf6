package com.example.jooq;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import com.example.tenants.Crowd;
import com.example.tenants.HikariPools;
import com.example.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Rings up receipts for every tenant at once. Arguments: those of {@link Tenants}. */
public final class JooqTills {

  private static final int THREADS = 8;
  private static final int RECEIPTS_PER_TENANT = 60;

  private static final Table<Record> RECEIPT = table(name("receipt"));
  private static final Table<Record> ITEM = table(name("item"));
  private static final Field<Integer> NUMBER = field(name("number"), Integer.class);
  private static final Field<Integer> CENTS = field(name("cents"), Integer.class);
  private static final Field<String> SHOP = field(name("shop"), String.class);

  private JooqTills() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    try (HikariPools pools = new HikariPools(tenants)) {
      List<DSLContext> contexts = new ArrayList<>();
      for (int tenant = 0; tenant < tenants.count(); tenant++) {
        contexts.add(DSL.using(pools.of(tenant), SQLDialect.POSTGRES));
      }
      Crowd.run(
          THREADS,
          RECEIPTS_PER_TENANT * tenants.count(),
          i -> ringUp(contexts.get(i % tenants.count()), i / tenants.count()));
      for (int tenant = 0; tenant < tenants.count(); tenant++) {
        System.out.println(tenants.name(tenant) + " " + report(contexts.get(tenant)));
      }
    }
  }

  /** A receipt with its items; every second one loses its last item with a nested transaction. */
  private static void ringUp(DSLContext context, int number) {
    String shop = context.select(SHOP).from("shop").fetchSingle(SHOP);
    context.transaction(
        outer -> {
          DSLContext receipt = outer.dsl();
          receipt.insertInto(RECEIPT, NUMBER, SHOP).values(number, shop).execute();
          receipt
              .batch(receipt.insertInto(ITEM, NUMBER, CENTS).values((Integer) null, (Integer) null))
              .bind(number, 100)
              .bind(number, 250)
              .execute();
          try {
            receipt.transaction(
                inner -> {
                  inner.dsl().insertInto(ITEM, NUMBER, CENTS).values(number, 999).execute();
                  if (number % 2 == 0) {
                    throw new Returned();
                  }
                });
          } catch (Returned expected) {
            receipt.insertInto(ITEM, NUMBER, CENTS).values(number, 1).execute();
          }
        });
  }

  private static String report(DSLContext context) {
    Record sums = context.select(count(), sum(CENTS)).from(ITEM).fetchSingle();
    int lazily = 0;
    try (Cursor<Record1<Integer>> cursor =
        context.select(NUMBER).from(RECEIPT).orderBy(NUMBER).fetchSize(7).fetchLazy()) {
      for (Record1<Integer> row : cursor) {
        lazily += row.value1();
      }
    }
    List<String> shops = context.selectDistinct(SHOP).from(RECEIPT).fetch(SHOP);
    return shops + " items " + sums.get(0) + " cents " + sums.get(1) + " numbers " + lazily;
  }

  /** The customer does not want it after all. */
  private static final class Returned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
