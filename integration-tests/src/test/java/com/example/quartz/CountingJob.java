package com.example.quartz;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.PersistJobDataAfterExecution;

/** Counts its runs in its own data, which Quartz keeps in the database between them. */
@DisallowConcurrentExecution
@PersistJobDataAfterExecution
public final class CountingJob implements Job {

  /** For Quartz. */
  public CountingJob() {}

  @Override
  public void execute(JobExecutionContext context) {
    JobDataMap data = context.getJobDetail().getJobDataMap();
    int count = data.getInt("count") + 1;
    data.put("count", count);
    Count.of(data.getString("tenant")).ran(count);
  }
}
