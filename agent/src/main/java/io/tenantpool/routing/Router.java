package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import io.tenantpool.config.Settings;
import java.util.function.LongSupplier;

/**
 * Decides where a connection request goes: excludes come first, then the system URLs, then the
 * pooled ones. The text that patterns are compared with is the URL as written. Thread-safe.
 */
public final class Router {

  private static final Route NO_URL =
      new Route.Bypass(null, NotPooled.NOT_UNDERSTOOD, "there is no URL");

  private final Settings settings;
  private final UrlCache recent = new UrlCache();
  private final DriverSurroundings surroundings;

  /** {@code nanos} is the clock that says when to look again at a file with credentials. */
  public Router(Settings settings, LongSupplier nanos) {
    this.settings = settings;
    this.surroundings = new DriverSurroundings(nanos);
  }

  /**
   * The route of {@code request}; never throws for anything that an application can write into a
   * URL.
   */
  public Route route(ConnectionRequest request) {
    String url = request.url();
    if (url == null) {
      return NO_URL;
    }
    RoutedUrl routed = recent.get(url);
    if (routed == null) {
      routed = new RoutedUrl(url, settings);
      recent.put(routed);
    }
    return routed.route(request, surroundings);
  }
}
