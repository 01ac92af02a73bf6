package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import io.tenantpool.config.Settings;
import io.tenantpool.config.UrlPattern;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said of a URL before the properties are known: what the patterns make of it and
 * how it reads. Immutable; made once for each URL text and kept for a while.
 */
final class RoutedUrl {

  private final String text;
  private final @Nullable JdbcUrl url;
  private final boolean hasSecret;
  private final boolean system;
  private final boolean singleStatement;

  /** From the pattern; null when the database names the tenant. */
  private final @Nullable String tenant;

  /** The answer for every request with this URL, the server aside; null when it may be pooled. */
  private final Route.@Nullable Bypass bypass;

  RoutedUrl(String text, Settings settings) {
    this.text = text;
    JdbcUrl parsed = null;
    NotUnderstoodException unreadable = null;
    try {
      parsed = JdbcUrl.parse(text);
    } catch (NotUnderstoodException e) {
      unreadable = e;
    }
    this.url = parsed;
    this.hasSecret = !Secrets.masked(text).equals(text);
    UrlPattern excluded = firstMatch(settings.excludeUrls(), text);
    UrlPattern reserved = firstMatch(settings.systemUrls(), text);
    UrlPattern pooled = reserved == null ? firstMatch(settings.urls(), text) : reserved;
    this.system = reserved != null;
    this.singleStatement = firstMatch(settings.singleStatementUrls(), text) != null;
    this.tenant = pooled == null ? null : tenant(pooled, text);
    if (excluded != null) {
      this.bypass =
          new Route.Bypass(null, NotPooled.EXCLUDED, "tenantpool.exclude-urls has " + excluded);
    } else if (pooled == null) {
      this.bypass =
          new Route.Bypass(null, NotPooled.NOT_CONFIGURED, "no pattern of tenantpool.urls matches");
    } else if (unreadable != null) {
      this.bypass = new Route.Bypass(null, unreadable.why(), unreadable.reason());
    } else {
      this.bypass = null;
    }
  }

  private static @Nullable UrlPattern firstMatch(List<UrlPattern> patterns, String text) {
    for (UrlPattern pattern : patterns) {
      if (pattern.matches(text)) {
        return pattern;
      }
    }
    return null;
  }

  private static @Nullable String tenant(UrlPattern pattern, String text) {
    Optional<String> tenant = pattern.tenant(text);
    return tenant.isPresent() ? tenant.get() : null;
  }

  /** The URL as written. */
  String text() {
    return text;
  }

  /** Whether a parameter of it speaks of a secret. */
  boolean hasSecret() {
    return hasSecret;
  }

  /** Where {@code request}, which has this URL, goes. */
  Route route(ConnectionRequest request, DriverSurroundings surroundings) {
    if (url == null) {
      return bypass == null ? notUnderstood("the URL", null) : bypass;
    }
    try {
      DriverProperties properties = DriverProperties.of(request.info());
      Target target = url.target(properties);
      if (bypass != null) {
        return new Route.Bypass(target.server(), bypass.reason(), bypass.detail());
      }
      String name = tenant;
      if (name == null) {
        name = target.database().isEmpty() ? target.user() : target.database();
      }
      if (name.isEmpty()) {
        return notUnderstood("neither pattern, database nor user names a tenant", target.server());
      }
      Account account =
          new Account(
              target.server(),
              url.accountUrl(text),
              target.user(),
              target.database().isEmpty() ? target.user() : target.database(),
              properties,
              url.surroundings(surroundings),
              request.driverLoader());
      PoolKey key =
          new PoolKey(
              account,
              url.password(properties),
              url.files(properties, surroundings),
              url.displayUrl(),
              hasSecret ? this : null);
      return new Route.Pooled(target.server(), name, key, system, singleStatement);
    } catch (NotUnderstoodException e) {
      return bypass == null
          ? new Route.Bypass(e.server(), e.why(), e.reason())
          : new Route.Bypass(e.server(), bypass.reason(), bypass.detail());
    }
  }

  private static Route notUnderstood(String reason, @Nullable String server) {
    return new Route.Bypass(server, NotPooled.NOT_UNDERSTOOD, reason);
  }
}
