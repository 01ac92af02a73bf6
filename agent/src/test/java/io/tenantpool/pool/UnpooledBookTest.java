package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.LendingPool;
import io.tenantpool.connection.Origin;
import io.tenantpool.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not pooled: each is counted, each reason and place is told of once. */
class UnpooledBookTest {

  private static final String SERVER = "db:5432";

  private final List<Unpooled> told = new ArrayList<>();
  private final Housekeeper housekeeper = new Housekeeper(List.of(), Upkeep.threads());
  private final UnpooledBook book =
      new UnpooledBook(
          new Herald(
              new PoolListener() {
                @Override
                public void notPooled(Unpooled one) {
                  told.add(one);
                }
              }),
          new ManualTicker(),
          housekeeper);

  private static Unpooled one(NotPooled reason, @Nullable String server, int line) {
    return new Unpooled(
        reason, server, new StackTraceElement("com.acme.Dao", "load", "Dao.java", line), "why");
  }

  @Test
  void eachReasonAndPlaceIsToldOnceAndCountedAlways() {
    for (int i = 0; i < 3; i++) {
      book.add(one(NotPooled.EXCLUDED, SERVER, 1));
    }
    book.add(one(NotPooled.EXCLUDED, SERVER, 2));
    book.add(one(NotPooled.SERVICE_FILE, null, 1));
    assertEquals(3, told.size());
    assertEquals(Map.of(NotPooled.EXCLUDED, 4L, NotPooled.SERVICE_FILE, 1L), book.counts());
    assertEquals(Map.of(NotPooled.EXCLUDED, 4L), book.counts(SERVER));
    assertEquals(Map.of(), book.counts("other:5432"));
    Unpooled.Site first = book.sites().get(0);
    assertEquals(3, first.count());
    assertEquals("com.acme.Dao.load(Dao.java:1)", first.site());
  }

  @Test
  void morePlacesThanThereIsRoomForAreOneEntryForEachReason() {
    for (int i = 0; i < 3 * SiteTallies.CAPACITY; i++) {
      book.add(one(NotPooled.EXCLUDED, SERVER, i));
    }
    assertEquals(SiteTallies.CAPACITY + 1, told.size());
    assertEquals(SiteTallies.CAPACITY + 1, book.sites().size());
    assertEquals(SiteTallies.OTHER, book.sites().get(0).site());
    assertEquals(Map.of(NotPooled.EXCLUDED, 3L * SiteTallies.CAPACITY), book.counts());
  }

  @Test
  void aPoolThatIsNotSeenToLendIsToldOfAfterSomeTime() {
    Origin neverLends = new Origin("HikariCP");
    book.suspect(neverLends, one(NotPooled.BENEATH_WRAPPER, SERVER, 1));
    for (int second = 1; second <= 5; second++) {
      housekeeper.lookAgainNow();
    }
    assertEquals(List.of(), told, "it may still be starting");
    for (int second = 6; second <= 20; second++) {
      housekeeper.lookAgainNow();
    }
    assertEquals(1, told.size());
  }

  @Test
  void aPoolThatLendsLaterIsNotToldOf() {
    Origin lendsAtLast = new Origin("HikariCP");
    book.suspect(lendsAtLast, one(NotPooled.BENEATH_WRAPPER, SERVER, 1));
    for (int second = 1; second <= 5; second++) {
      housekeeper.lookAgainNow();
    }
    LendingPool.lends(lendsAtLast);
    for (int second = 6; second <= 20; second++) {
      housekeeper.lookAgainNow();
    }
    assertEquals(List.of(), told);
  }

  @Test
  void everyReasonSaysWhatItMeansAndWhatToDo() {
    for (NotPooled reason : NotPooled.values()) {
      assertTrue(reason.meaning().length() > 20, reason::name);
      assertTrue(reason.advice().length() > 20, reason::name);
    }
  }
}
