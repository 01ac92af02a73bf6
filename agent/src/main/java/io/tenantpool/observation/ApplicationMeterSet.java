package io.tenantpool.observation;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Meters in the application's registry. The application reads them on threads of its own: a fault
 * never reaches it, the last good value does.
 */
final class ApplicationMeterSet implements MeterSet {

  private final ApplicationMicrometer micrometer;
  private final Faults faults;
  private final List<Object> meters = new ArrayList<>();

  /** Held here because Micrometer holds what its meters read weakly. */
  private final List<Reading> readings = new ArrayList<>();

  ApplicationMeterSet(ApplicationMicrometer micrometer, Faults faults) {
    this.micrometer = micrometer;
    this.faults = faults;
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    meters.add(micrometer.gauge(name, description, reading(value), Reading::get, tags));
  }

  @Override
  public void counter(String name, String description, DoubleSupplier count, String... tags) {
    meters.add(micrometer.counter(name, description, reading(count), Reading::get, tags));
  }

  @Override
  public void timer(
      String name, String description, LongSupplier count, DoubleSupplier nanos, String... tags) {
    Reading counts = reading(count::getAsLong);
    meters.add(
        micrometer.timer(
            name, description, reading(nanos), held -> (long) counts.get(), Reading::get, tags));
  }

  @Override
  public Recorder timer(String name, String description, String... tags) {
    Object timer = micrometer.timer(name, description, tags);
    meters.add(timer);
    return nanos -> micrometer.record(timer, nanos);
  }

  @Override
  public void close() {
    meters.forEach(micrometer::remove);
    meters.clear();
    readings.clear();
  }

  private Reading reading(DoubleSupplier source) {
    Reading reading = new Reading(source, faults);
    readings.add(reading);
    return reading;
  }

  /** What a meter reads. */
  private static final class Reading {

    private final DoubleSupplier source;
    private final Faults faults;
    private volatile double last;

    Reading(DoubleSupplier source, Faults faults) {
      this.source = source;
      this.faults = faults;
    }

    double get() {
      try {
        last = source.getAsDouble();
      } catch (Throwable failure) {
        faults.report(FaultKind.OBSERVATION, ApplicationMeters.FAULT, failure);
      }
      return last;
    }
  }
}
