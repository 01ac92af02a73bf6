package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.mybatis.MyBatisLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MyBatis on the pool of its own, which it calls POOLED. */
final class MyBatisTest {

  @Test
  void ledgersBalanceForEveryTenant() throws Exception {
    BothWays runs =
        Program.of(MyBatisLedger.class)
            .with(Jars.named("mybatis-"))
            .prepared(
                tenant ->
                    List.of(
                        "CREATE TABLE entry (number integer, account text, amount integer)",
                        "CREATE TABLE account (owner text, name text, balance integer)",
                        "INSERT INTO account VALUES ('"
                            + tenant
                            + "', 'cash', 0), ('"
                            + tenant
                            + "', 'bank', 0)"))
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      String name = "tenant" + tenant;
      expected.add(name + " 80 [" + name + " bank 1200, " + name + " cash -1200]");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("0", "SELECT sum(amount) FROM entry");
    runs.everyDatabaseSays("1200", "SELECT sum(amount) FROM entry WHERE amount > 0");
    runs.leasesWereShared(Program.TENANTS * 60);
  }
}
