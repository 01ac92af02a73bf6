package io.tenantpool.observation;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.TenantTags;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.Faults;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long {@code /metrics} takes to make with 1,000 live tenants, all of them with series of their
 * own: a figure for docs/monitoring.md, not a test.
 */
final class ScrapeTime {

  private static final int TENANTS = 1000;
  private static final int COLD = 10;
  private static final int WARM = 200;

  private ScrapeTime() {}

  public static void main(String[] arguments) {
    StubPool pool = new StubPool();
    for (int i = 0; i < TENANTS; i++) {
      pool.tenant("tenant_" + i, true);
    }
    Ticker ticker = Ticker.system();
    AgentLog log =
        new AgentLog(
            new EventLog(LogLevel.OFF, LogFormat.TEXT, ticker, new EventQueue(), line -> {}));
    PoolManagerView manager =
        new PoolManagerView(
            "1.2.3",
            pool,
            pool.changes(log),
            new Cached<>(ticker, List.of(), last -> pool.servers()),
            new Operations(pool, log, server -> {}),
            new ModeSwitch(Mode.POOL),
            new Report(
                "1.2.3",
                new ModeSwitch(Mode.POOL),
                pool,
                new CapacityCurves(ticker, () -> Duration.ofSeconds(30))),
            new PoolManagerView.OwnCounts(new Faults(System.err), () -> 0, () -> 0));
    try (PrometheusStage stage =
        new PrometheusStage(pool, manager, new TenantTags(TENANTS), ticker)) {
      // As HttpView does before it listens.
      stage.scrape();
      stage.server(StubPool.SERVER);
      long[] cold = measure(stage, ticker, COLD);
      long[] warm = measure(stage, ticker, WARM);
      System.out.printf(
          "%d KB; first %.1f ms; of the first %d the median %.1f ms; of the next %d the median"
              + " %.1f ms, the longest %.1f ms%n",
          stage.scrape().length() / 1024,
          cold[0] / 1e6,
          COLD,
          median(cold) / 1e6,
          WARM,
          median(warm) / 1e6,
          Arrays.stream(warm).max().orElseThrow() / 1e6);
    }
  }

  private static long[] measure(PrometheusStage stage, Ticker ticker, int times) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = ticker.nanos();
      if (stage.scrape().isEmpty()) {
        throw new AssertionError("nothing was scraped");
      }
      nanos[i] = ticker.nanos() - start;
    }
    return nanos;
  }

  private static double median(long[] nanos) {
    return Arrays.stream(nanos).sorted().skip(nanos.length / 2).findFirst().orElseThrow();
  }
}
