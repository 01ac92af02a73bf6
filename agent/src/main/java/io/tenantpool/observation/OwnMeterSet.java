package io.tenantpool.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Meters in one of the agent's own registries. */
final class OwnMeterSet implements MeterSet {

  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();

  /** Held here because Micrometer holds what its meters read weakly. */
  private final List<Object> read = new ArrayList<>();

  OwnMeterSet(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    read.add(value);
    meters.add(
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
            .description(description)
            .tags(tags)
            .register(registry));
  }

  @Override
  public void counter(String name, String description, DoubleSupplier count, String... tags) {
    read.add(count);
    meters.add(
        FunctionCounter.builder(name, count, DoubleSupplier::getAsDouble)
            .description(description)
            .tags(tags)
            .register(registry));
  }

  @Override
  public void timer(
      String name, String description, LongSupplier count, DoubleSupplier nanos, String... tags) {
    read.add(nanos);
    meters.add(
        FunctionTimer.builder(
                name,
                nanos,
                held -> count.getAsLong(),
                DoubleSupplier::getAsDouble,
                TimeUnit.NANOSECONDS)
            .description(description)
            .tags(tags)
            .register(registry));
  }

  @Override
  public Recorder timer(String name, String description, String... tags) {
    Timer timer = Timer.builder(name).description(description).tags(tags).register(registry);
    meters.add(timer);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}
