package io.tenantpool.observation;

import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.observation.jfr.FlightRecording;
import io.tenantpool.pool.ConnectionWatch;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.PoolManager;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.AgentThreads;
import io.tenantpool.upkeep.Fault;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/**
 * All that operators see. To be made before the pool, which gets {@link #listener()}, and to be
 * {@linkplain #start started} with it. Until the first event of the pool, or for ten seconds, it
 * touches neither JMX nor a library.
 */
public final class Observation implements AutoCloseable {

  private final RuntimeSettings runtime;
  private final Settings settings;
  private final String version;
  private final AgentThreads threads;
  private final MicrometerSightings micrometers;
  private final Ticker ticker;
  private final long startedAt;
  private final EventQueue queue = new EventQueue();
  private final EventLog log;
  private final Faults faults;
  private final MBeans mbeans;
  private final PresenceFeed feed;
  private final NoticeFeed notices;
  private final @Nullable AuditLog audit;
  private final PoolListener listener;
  private final ModeSwitch mode;
  private final CapacityCurves curves;
  private @Nullable Runnable lastSamples;
  private @Nullable PoolManager expected;
  private volatile boolean isOwedALine;
  private @Nullable NoticeBoard board;
  private @Nullable ObservationDesk desk;
  private @Nullable ObservationThread thread;

  /**
   * Observation with the JVM's clocks and its platform MBean server.
   *
   * @param version the agent's version, for people to read
   * @param threads the agent's, and where its faults go
   * @param micrometers where the application has a Micrometer
   */
  public Observation(
      RuntimeSettings runtime,
      String version,
      AgentThreads threads,
      MicrometerSightings micrometers,
      ModeSwitch mode) {
    this(
        runtime,
        version,
        threads,
        micrometers,
        mode,
        Ticker.system(),
        PlatformMBeans::server,
        new LineWriter(runtime.get().logFile()));
  }

  Observation(
      RuntimeSettings runtime,
      String version,
      AgentThreads threads,
      Ticker ticker,
      Supplier<MBeanServer> mbeanServer,
      LogWriter writer) {
    this(
        runtime,
        version,
        threads,
        new MicrometerSightings(),
        new ModeSwitch(runtime.get().mode()),
        ticker,
        mbeanServer,
        writer);
  }

  Observation(
      RuntimeSettings runtime,
      String version,
      AgentThreads threads,
      MicrometerSightings micrometers,
      ModeSwitch mode,
      Ticker ticker,
      Supplier<MBeanServer> mbeanServer,
      LogWriter writer) {
    this.runtime = runtime;
    this.settings = runtime.get();
    this.mode = mode;
    this.version = version;
    this.threads = threads;
    this.faults = threads.faults();
    this.micrometers = micrometers;
    this.ticker = ticker;
    this.startedAt = ticker.epochMillis();
    RequestIds requests = new RequestIds(settings.logMdcKeys(), this::mdcFailed);
    this.log =
        new EventLog(settings.logLevel(), settings.logFormat(), ticker, queue, writer, requests);
    faults.tellTo(this::tell);
    this.mbeans = new MBeans(mbeanServer, faults);
    this.curves = new CapacityCurves(ticker, () -> runtime.get().acquireTimeout());
    this.feed = new PresenceFeed(queue, this::book, curves, ticker);
    this.notices = new NoticeFeed(queue, ticker, this::send);
    this.audit =
        AuditLog.whereWanted(
            settings.audit(), settings.logFormat(), ticker, log, requests, threads);
    this.listener = isolated();
    mode.onSwitch((before, now) -> agentLog().switched(before, now));
    runtime.listen(change -> log.level(runtime.get().logLevel()));
  }

  private boolean tell(Fault fault) {
    isOwedALine = true;
    return log.tell(fault);
  }

  /** Made when there is something to say: before the application's main there is not. */
  private AgentLog agentLog() {
    return new AgentLog(log);
  }

  private PoolListener isolated() {
    FlightRecording recording = recording();
    List<ConnectionWatch> watches =
        Stream.of(LeaseLog.watch(log, ticker), audit, recording).filter(Objects::nonNull).toList();
    PoolListener owed =
        new PoolListener() {
          @Override
          public void notPooled(Unpooled one) {
            isOwedALine = true;
          }
        };
    List<PoolListener> listeners =
        Stream.of(feed, log, notices, recording, owed).filter(Objects::nonNull).toList();
    return new IsolatingListener(listeners, new ConnectionWatches(watches, faults), faults);
  }

  /** Null where there is no Flight Recorder; the classes that need it are not touched then. */
  private @Nullable FlightRecording recording() {
    try {
      return ModuleLayer.boot().findModule("jdk.jfr").isPresent() ? FlightRecording.start() : null;
    } catch (Throwable failure) {
      faults.report(
          FaultKind.OBSERVATION, "events for the Flight Recorder could not be set up", failure);
      return null;
    }
  }

  private void mdcFailed(Throwable failure) {
    faults.report(FaultKind.OBSERVATION, "the application's MDC could not be asked", failure);
  }

  /** What the pool tells its events. Failures go no further than here. */
  public PoolListener listener() {
    return listener;
  }

  /** Sees to it that a wanted report is written even if the end comes before {@link #start}. */
  public void expect(PoolManager pool) {
    expected = pool;
    if (settings.reportFile().isPresent()) {
      prepare(PoolFigures.of(pool));
    }
  }

  /** Starts the thread that shows {@code pool}; to be called once, at the start of the agent. */
  public void start(PoolManager pool) {
    ObservationDesk prepared = desk;
    ObservationThread started =
        new ObservationThread(
            queue, prepared == null ? prepare(PoolFigures.of(pool)) : prepared, threads);
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
            () -> settings.reportFile().ifPresent(file -> report.writeTo(file, faults)));
    desk = prepared;
    return prepared;
  }

  /**
   * Has what is still to be written written, the report if one is wanted, and every MBean and meter
   * taken away. The calling thread does nothing of that itself and takes no lock: it waits, for two
   * seconds at most, whoever holds whatever.
   */
  @Override
  public void close() {
    if (audit != null) {
      audit.end();
    }
    if (lastSamples != null) {
      queue.offer(lastSamples);
    }
    ObservationThread running = thread;
    ObservationDesk waiting = desk == null && isOwedALine ? prepareLate() : desk;
    if (running != null) {
      running.close();
    } else if (waiting != null) {
      new ObservationThread(queue, waiting, threads).close();
    }
    if (audit != null) {
      audit.close();
    }
  }

  /** A program that ends at once is told all the same what was not pooled. */
  private @Nullable ObservationDesk prepareLate() {
    PoolManager pool = expected;
    return pool == null ? null : prepare(PoolFigures.of(pool));
  }

  private PresenceBook book() {
    return Objects.requireNonNull(desk).book();
  }

  /** Before the scene is there, nobody can have asked to be told. */
  private void send(Notice notice, String message) {
    NoticeBoard told = board;
    if (told != null) {
      told.send(notice, message);
    }
  }

  private ObservationDesk.Scene scene(PoolFigures pool, Report report) {
    MeterStages.silenceLibraries(settings, faults);
    AgentLog agentLog = agentLog();
    agentLog.started(startedAt, version, settings);
    Operations operations =
        new Operations(pool, agentLog, server -> queue.offer(() -> book().resetTimes(server)));
    SettingOperations changes = new SettingOperations(runtime, pool, agentLog, notices);
    JmxStage stage = new JmxStage(pool, curves, operations, changes, ticker, mbeans);
    PoolManagerView manager =
        new PoolManagerView(
            version,
            pool,
            changes,
            new Cached<>(ticker, List.of(), last -> pool.servers()),
            operations,
            mode,
            report,
            new PoolManagerView.OwnCounts(faults, queue::lost, feed::lostSamples));
    Runnable unregister = stage.manager(manager, noticeBoard());
    MeterStages meters = new MeterStages(settings, pool, manager, micrometers, ticker, threads);
    PresenceBook book = new PresenceBook(pool, meters.beside(stage), ticker);
    meters.listen(report, agentLog);
    return new ObservationDesk.Scene(
        book,
        () -> {
          meters.hangUp();
          book.close();
          meters.close();
          stage.close();
          unregister.run();
        });
  }

  private NoticeBoard noticeBoard() {
    NoticeBoard made = new NoticeBoard(Names.poolManager(), ticker);
    board = made;
    return made;
  }
}
