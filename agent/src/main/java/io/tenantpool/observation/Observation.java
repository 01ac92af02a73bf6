package io.tenantpool.observation;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/**
 * All that operators see. To be made before the pool, which gets {@link #listener()}, and to be
 * {@linkplain #start started} with it. Until the first event of the pool, or for ten seconds, it
 * touches neither JMX nor a library.
 */
public final class Observation implements AutoCloseable {

  private final Settings settings;
  private final String version;
  private final LongSupplier agentFaults;
  private final Ticker ticker;
  private final long startedAt;
  private final EventQueue queue = new EventQueue();
  private final EventLog log;
  private final Faults faults;
  private final MBeans mbeans;
  private final PresenceFeed feed;
  private final PoolListener listener;
  private final ModeSwitch mode;
  private final CapacityCurves curves;
  private @Nullable Runnable lastSamples;
  private @Nullable ObservationDesk desk;
  private @Nullable ObservationThread thread;

  /**
   * Observation with the JVM's clocks and its platform MBean server.
   *
   * @param version the agent's version, for people to read
   * @param agentFaults how often a fault of the agent let the original driver run
   */
  public Observation(Settings settings, String version, LongSupplier agentFaults) {
    this(settings, version, agentFaults, new ModeSwitch(settings.mode()));
  }

  /** The same, where {@code mode} can be switched. */
  public Observation(Settings settings, String version, LongSupplier agentFaults, ModeSwitch mode) {
    this(
        settings,
        version,
        agentFaults,
        mode,
        Ticker.system(),
        () -> ManagementFactory.getPlatformMBeanServer(),
        new LineWriter(settings.logFile()));
  }

  Observation(
      Settings settings,
      String version,
      LongSupplier agentFaults,
      Ticker ticker,
      Supplier<MBeanServer> mbeanServer,
      LogWriter writer) {
    this(
        settings,
        version,
        agentFaults,
        new ModeSwitch(settings.mode()),
        ticker,
        mbeanServer,
        writer);
  }

  private Observation(
      Settings settings,
      String version,
      LongSupplier agentFaults,
      ModeSwitch mode,
      Ticker ticker,
      Supplier<MBeanServer> mbeanServer,
      LogWriter writer) {
    this.settings = settings;
    this.mode = mode;
    this.version = version;
    this.agentFaults = agentFaults;
    this.ticker = ticker;
    this.startedAt = ticker.epochMillis();
    this.log = new EventLog(settings.logLevel(), settings.logFormat(), ticker, queue, writer);
    this.faults = new Faults(log::problem);
    this.mbeans = new MBeans(mbeanServer, faults);
    this.curves = new CapacityCurves(ticker, settings.acquireTimeout());
    this.feed = new PresenceFeed(queue, this::book, curves, ticker);
    this.listener = new IsolatingListener(List.of(feed, log), faults);
    mode.onSwitch(log::switched);
  }

  /** What the pool tells its events. Failures go no further than here. */
  public PoolListener listener() {
    return listener;
  }

  /** Sees to it that a wanted report is written even if the end comes before {@link #start}. */
  public void expect(PoolManager pool) {
    if (settings.reportFile().isPresent()) {
      prepare(PoolFigures.of(pool));
    }
  }

  /** Starts the thread that shows {@code pool}; to be called once, at the start of the agent. */
  public void start(PoolManager pool) {
    ObservationDesk prepared = desk;
    ObservationThread started =
        new ObservationThread(queue, prepared == null ? prepare(PoolFigures.of(pool)) : prepared);
    thread = started;
    if (settings.http().isPresent()) {
      // Who wants to look need not wait for the application's first connection.
      queue.offer(() -> {});
    }
    started.start();
  }

  /** The work of the thread; tests do it step by step. */
  ObservationDesk prepare(PoolFigures pool) {
    Report report = new Report(version, mode, pool, curves);
    if (settings.reportFile().isPresent()) {
      lastSamples = pool::publishSamples;
    }
    ObservationDesk prepared =
        new ObservationDesk(
            queue,
            log,
            faults,
            () -> scene(pool, report),
            () ->
                new ObservationDesk.Scene(
                    new PresenceBook(pool, Presence.Stage.empty(), ticker), () -> {}),
            () -> settings.reportFile().ifPresent(file -> report.writeTo(file, log)));
    desk = prepared;
    return prepared;
  }

  /**
   * Writes what is still to be written, the report if one is wanted, and takes every MBean and
   * meter away; waits for a second at most.
   */
  @Override
  public void close() {
    if (lastSamples != null) {
      lastSamples.run();
    }
    ObservationThread running = thread;
    ObservationDesk waiting = desk;
    if (running != null) {
      running.close();
    } else if (waiting != null) {
      waiting.close(null);
    }
  }

  private PresenceBook book() {
    return Objects.requireNonNull(desk).book();
  }

  private void silenceLibraries() {
    try {
      SilentLibraries.silence();
    } catch (ReflectiveOperationException failure) {
      // SLF4J then finds its silent provider itself, perhaps after a complaint.
      faults.report("silence libraries", failure);
    }
  }

  private ObservationDesk.Scene scene(PoolFigures pool, Report report) {
    if (settings.meters() || settings.http().isPresent()) {
      silenceLibraries();
    }
    log.started(startedAt, version, settings);
    Operations operations =
        new Operations(pool, log, server -> queue.offer(() -> book().resetTimes(server)));
    JmxStage stage = new JmxStage(pool, curves, operations, settings, ticker, mbeans);
    PoolManagerView manager =
        new PoolManagerView(
            version,
            settings,
            new Cached<>(ticker, List.of(), last -> pool.servers()),
            operations,
            mode,
            report,
            new PoolManagerView.OwnCounts(
                agentFaults, faults::count, queue::lost, feed::lostSamples));
    Runnable unregister = stage.manager(manager);
    PrometheusStage prometheus = prometheus(pool, manager);
    Presence.Stage stages = prometheus == null ? stage : Presence.Stage.both(stage, prometheus);
    PresenceBook book = new PresenceBook(pool, stages, ticker);
    HttpView http = prometheus == null ? null : listen(prometheus, new StatusReport(manager, pool));
    return new ObservationDesk.Scene(
        book,
        () -> {
          if (http != null) {
            http.close();
          }
          book.close();
          if (prometheus != null) {
            prometheus.close();
          }
          stage.close();
          unregister.run();
        });
  }

  /** Null when nobody asked for it; its classes are not touched then. */
  private @Nullable PrometheusStage prometheus(PoolFigures pool, PoolManagerView manager) {
    if (settings.http().isEmpty()) {
      return null;
    }
    try {
      return new PrometheusStage(pool, manager, settings.tenantTags(), ticker);
    } catch (RuntimeException | Error failure) {
      faults.report("http", failure);
      return null;
    }
  }

  private @Nullable HttpView listen(PrometheusStage metrics, StatusReport report) {
    return HttpView.open(settings.http().orElseThrow(), metrics, report, ticker, log, faults);
  }
}
