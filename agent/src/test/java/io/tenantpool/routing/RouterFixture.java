package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tenantpool.config.LogFormat;
import io.tenantpool.config.LogLevel;
import io.tenantpool.config.ResetPolicy;
import io.tenantpool.config.Settings;
import io.tenantpool.config.UrlPattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routers and requests for the tests of this package. */
final class RouterFixture {

  private static final AtomicLong CLOCK = new AtomicLong();

  static final ClassLoader LOADER = RouterFixture.class.getClassLoader();

  private RouterFixture() {}

  static Router everything() {
    return router("jdbc:**", "", "");
  }

  /** Patterns are separated by blanks. */
  static Router router(String urls, String excluded, String system) {
    return new Router(
        new Settings(
            true,
            patterns(urls),
            patterns(excluded),
            100,
            10,
            patterns(system),
            3,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            ResetPolicy.ALWAYS,
            true,
            true,
            LogLevel.INFO,
            LogFormat.TEXT,
            Optional.empty()),
        // Long enough apart for a file to be looked at each time.
        () -> CLOCK.addAndGet(10_000_000_000L));
  }

  private static List<UrlPattern> patterns(String text) {
    return Stream.of(text.split(" ")).filter(s -> !s.isEmpty()).map(UrlPattern::parse).toList();
  }

  static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }

  /** {@code a=b&c=d}. */
  static Properties list(@Nullable String text) {
    Properties properties = new Properties();
    if (text != null) {
      for (String pair : text.split("&")) {
        properties.setProperty(
            pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return properties;
  }

  static Route route(String url, @Nullable Properties info) {
    return everything().route(new ConnectionRequest(url, info, LOADER));
  }

  static Route.Pooled pooled(String url, Properties info) {
    return assertInstanceOf(Route.Pooled.class, route(url, info), url);
  }

  static Route.Bypass bypass(String url, @Nullable Properties info) {
    return assertInstanceOf(Route.Bypass.class, route(url, info), url);
  }
}
