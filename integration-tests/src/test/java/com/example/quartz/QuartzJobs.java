package com.example.quartz;

import com.example.tenants.Tenants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;

/**
 * A scheduler with its jobs in each tenant's database, one of a cluster as far as it knows, on
 * Quartz' pool of HikariCP. Arguments: those of {@link Tenants}.
 */
public final class QuartzJobs {

  private static final int JOBS_PER_TENANT = 15;
  private static final int LONGEST_SECONDS = 60;

  private QuartzJobs() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    List<Scheduler> schedulers = new ArrayList<>();
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      createTables(tenants, tenant);
      Scheduler scheduler = new StdSchedulerFactory(settings(tenants, tenant)).getScheduler();
      schedulers.add(scheduler);
      Count.expect(tenants.name(tenant), 2 * JOBS_PER_TENANT);
      for (int job = 0; job < JOBS_PER_TENANT; job++) {
        schedule(scheduler, tenants.name(tenant), job);
      }
    }
    for (Scheduler scheduler : schedulers) {
      scheduler.start();
    }
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      String name = tenants.name(tenant);
      boolean done = Count.of(name).done().await(LONGEST_SECONDS, TimeUnit.SECONDS);
      schedulers.get(tenant).shutdown(true);
      System.out.println(name + " done " + done + " " + Count.of(name).figures());
    }
  }

  private static void schedule(Scheduler scheduler, String tenant, int job)
      throws SchedulerException {
    scheduler.scheduleJob(
        JobBuilder.newJob(CountingJob.class)
            .withIdentity("job" + job, tenant)
            .usingJobData("tenant", tenant)
            .usingJobData("count", 0)
            .storeDurably()
            .build(),
        TriggerBuilder.newTrigger()
            .withIdentity("trigger" + job, tenant)
            .startNow()
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(200)
                    .withRepeatCount(1))
            .build());
  }

  private static Properties settings(Tenants tenants, int tenant) {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", tenants.name(tenant));
    settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
    settings.setProperty("org.quartz.threadPool.threadCount", "3");
    String store = "org.quartz.jobStore.";
    settings.setProperty(store + "class", JobStoreTX.class.getName());
    settings.setProperty(store + "driverDelegateClass", PostgreSQLDelegate.class.getName());
    settings.setProperty(store + "dataSource", tenants.name(tenant));
    settings.setProperty(store + "isClustered", "true");
    // Quartz has one table of data sources for all schedulers of a JVM.
    String source = "org.quartz.dataSource." + tenants.name(tenant) + ".";
    settings.setProperty(source + "provider", "hikaricp");
    settings.setProperty(source + "driver", "org.postgresql.Driver");
    settings.setProperty(source + "URL", tenants.url(tenant));
    settings.setProperty(source + "user", tenants.user());
    settings.setProperty(source + "password", tenants.password());
    settings.setProperty(source + "maxConnections", "10");
    return settings;
  }

  /** Runs the script that Quartz comes with. */
  private static void createTables(Tenants tenants, int tenant) throws Exception {
    String script = Scripts.read("/org/quartz/impl/jdbcjobstore/tables_postgres.sql");
    try (Connection connection =
            DriverManager.getConnection(tenants.url(tenant), tenants.user(), tenants.password());
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    } catch (SQLException e) {
      throw new IllegalStateException("Quartz' own script", e);
    }
  }
}
