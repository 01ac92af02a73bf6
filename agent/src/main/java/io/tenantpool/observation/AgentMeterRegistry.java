package io.tenantpool.observation;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SlidingWindowReservoir;
import com.codahale.metrics.Timer;
import com.codahale.metrics.jmx.JmxReporter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/** The agent's own meters, published over JMX; the application's registries never see them. */
final class AgentMeterRegistry extends JmxMeterRegistry {

  static final String DOMAIN = "tenantpool.metrics";

  /**
   * The percentiles of a timer are those of its last 256 samples: 2 KB. Dropwizard's default
   * reservoir grows to some 100 KB, and each live tenant has three timers.
   */
  private static final int SAMPLES_PER_TIMER = 256;

  private AgentMeterRegistry(MetricRegistry metrics, JmxReporter reporter) {
    super(new Config(), Clock.SYSTEM, AgentMeterRegistry::hierarchicalName, metrics, reporter);
  }

  static AgentMeterRegistry on(MBeanServer server) {
    MetricRegistry metrics = new SmallMetrics();
    JmxReporter reporter =
        JmxReporter.forRegistry(metrics).registerWith(server).inDomain(DOMAIN).build();
    return new AgentMeterRegistry(metrics, reporter);
  }

  /** Micrometer's hierarchical name, but spaces stay, so that no two tenants share a name. */
  private static String hierarchicalName(Meter.Id id, NamingConvention convention) {
    StringBuilder name = new StringBuilder(id.getConventionName(convention));
    for (Tag tag : id.getConventionTags(convention)) {
      name.append('.').append(tag.getKey()).append('.').append(tag.getValue());
    }
    return name.toString();
  }

  private static final class SmallMetrics extends MetricRegistry {
    /** Micrometer's own supplier would bring Dropwizard's default reservoir. */
    @Override
    public Timer timer(String name, MetricSupplier<Timer> ignored) {
      return super.timer(name, () -> new Timer(new SlidingWindowReservoir(SAMPLES_PER_TIMER)));
    }
  }

  private static final class Config implements JmxConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public String domain() {
      return DOMAIN;
    }
  }
}
