package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.quartz.QuartzJobs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quartz with its jobs in the tenants' databases, over the HikariCP that it makes itself. */
final class QuartzTest {

  @Test
  void everyJobRunsTwiceAndRemembersItsFirstRun() throws Exception {
    BothWays runs =
        Program.of(QuartzJobs.class)
            .with(Jars.hikari("quartz-", "jakarta.xml.bind-", "jakarta.activation-"))
            .runBothWays();
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      expected.add("tenant" + tenant + " done true first runs 15, second runs 15");
    }
    assertEquals(expected, runs.lines());
    runs.everyDatabaseSays("15", "SELECT count(*) FROM qrtz_job_details");
    runs.everyDatabaseSays("0", "SELECT count(*) FROM qrtz_triggers");
    runs.everyDatabaseSays("0", "SELECT count(*) FROM qrtz_fired_triggers");
    runs.leasesWereShared(Program.TENANTS * 60);
  }
}
