package io.tenantpool.observation;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.ResetPolicy;
import io.tenantpool.config.RuntimeSettings;
import io.tenantpool.config.Settings;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** Observation of a {@link StubPool} in an MBean server of its own, step by step. */
final class Show {

  final ManualTicker ticker = new ManualTicker();
  final RuntimeSettings runtime;
  final StubPool pool = new StubPool();
  final MBeanServer mbeans;
  final MicrometerSightings micrometers = new MicrometerSightings();
  final List<String> log = new ArrayList<>();
  final Faults faults = Upkeep.of(FaultKind.CALL, 42);
  final PoolListener listener;
  final ObservationDesk desk;

  Show() {
    this(settings(true, true, LogLevel.TRACE));
  }

  Show(Settings settings) {
    this(settings, MBeanServerFactory.newMBeanServer());
  }

  Show(Settings settings, MBeanServer mbeans) {
    this.mbeans = mbeans;
    this.runtime = new RuntimeSettings(settings);
    Observation observation =
        new Observation(
            runtime,
            "1.2.3",
            Upkeep.threads(faults),
            micrometers,
            ModeSwitch.of(runtime),
            ticker,
            () -> mbeans,
            log::add);
    listener = observation.listener();
    desk = observation.prepare(pool);
  }

  static Settings settings(boolean hikariMbeans, boolean meters, LogLevel level) {
    return new Settings(
        true,
        List.of(),
        List.of(),
        100,
        10,
        List.of(),
        3,
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        ResetPolicy.ALWAYS,
        hikariMbeans,
        meters,
        level,
        LogFormat.TEXT,
        Optional.empty());
  }

  void step() {
    desk.step();
  }

  void live(String tenant) {
    pool.tenant(tenant, true);
    listener.tenantLive(StubPool.SERVER, tenant);
    step();
  }

  /** The tenant becomes dormant, and its grace passes. */
  void dormant(String tenant) {
    pool.tenant(tenant, false);
    listener.tenantDormant(StubPool.SERVER, tenant);
    step();
    ticker.advance(PresenceBook.GRACE_NANOS);
    step();
  }

  Set<String> names(String pattern) throws JMException {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : mbeans.queryNames(new ObjectName(pattern), null)) {
      names.add(name.toString());
    }
    return names;
  }

  Object attribute(String name, String attribute) throws JMException {
    return mbeans.getAttribute(new ObjectName(name), attribute);
  }

  void set(String name, String attribute, Object value) throws JMException {
    mbeans.setAttribute(new ObjectName(name), new Attribute(attribute, value));
  }

  Object invoke(String name, String operation, String... arguments) throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return mbeans.invoke(new ObjectName(name), operation, arguments, signature);
  }
}
