package io.tenantpool.routing;

import io.tenantpool.config.Settings;

/** Decides where a connection request goes. Thread-safe. */
public final class Router {

  private final Settings settings;

  public Router(Settings settings) {
    this.settings = settings;
  }

  /**
   * The route of {@code request}; never throws for anything that an application can write into a
   * URL.
   */
  public Route route(ConnectionRequest request) {
    return new Route.Bypass(
        null, BypassReason.NOT_CONFIGURED, settings.urls().toString() + request);
  }
}
