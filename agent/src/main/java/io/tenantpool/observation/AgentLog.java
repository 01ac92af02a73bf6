package io.tenantpool.observation;

import io.tenantpool.config.LogLevel;
import io.tenantpool.config.Mode;
import io.tenantpool.config.SettingChange;
import io.tenantpool.config.SettingKey;
import io.tenantpool.config.Settings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of the agent itself: that it began, what its operators did, how it can be
 * reached, and what of its observation does not work.
 */
final class AgentLog {

  private final EventLog events;

  /** Writes its lines among those of {@code events}, at the same level. */
  AgentLog(EventLog events) {
    this.events = events;
  }

  /** The first line; on the observation thread, when there is something to observe. */
  void started(long epochMillis, String version, Settings settings) {
    if (events.passes(LogLevel.INFO)) {
      events.write(
          new LogLine(LogLevel.INFO, epochMillis, "started")
              .with("version", version)
              .with("mode", settings.mode() == Mode.POOL ? null : settings.mode())
              .with("maxConnections", settings.maxConnections())
              .with("reservedConnections", settings.reservedConnections())
              .with("maxConnectionsPerTenant", settings.maxConnectionsPerTenant())
              .with("acquireTimeoutMillis", settings.acquireTimeout().toMillis())
              .with("maxIdleTimeMillis", settings.maxIdleTime().toMillis())
              .with("maxLifetimeMillis", settings.maxLifetime().toMillis()));
    }
    for (String remark : settings.remarks()) {
      if (events.passes(LogLevel.WARN)) {
        events.write(
            new LogLine(LogLevel.WARN, epochMillis, "setting-remark").with("what", remark));
      }
    }
  }

  /** An operator changed a setting: said at every level but {@code off}. */
  void settingChanged(String who, SettingChange change, LogLevel levelBefore) {
    if (events.passes(LogLevel.ERROR) || levelBefore != LogLevel.OFF) {
      events.offer(
          events
              .line(LogLevel.INFO, "setting-changed")
              .with("who", who)
              .with("what", change.after().key().property())
              .with("server", change.server())
              .with("old", change.before().text())
              .with("new", change.after().text()));
    }
  }

  /** An operator wanted a change that makes no sense; nothing was changed. */
  void settingRefused(String who, String name, String problems) {
    if (events.passes(LogLevel.WARN)) {
      events.offer(
          events
              .line(LogLevel.WARN, "setting-refused")
              .with("who", who)
              .with("what", name)
              .with("problems", problems));
    }
  }

  /** An operator asked for something. */
  void operator(String operation, String server, @Nullable String tenant, Object result) {
    if (events.passes(LogLevel.INFO)) {
      events.offer(
          events
              .line(LogLevel.INFO, "operator")
              .with("operation", operation)
              .with("server", server)
              .with("tenant", tenant)
              .with("result", result));
    }
  }

  /** Somebody switched the mode. */
  void switched(Mode before, Mode now) {
    if (events.passes(LogLevel.INFO)) {
      events.offer(
          events.line(LogLevel.INFO, "mode-switched").with("from", before).with("to", now));
    }
  }

  /** The agent answers over HTTP. */
  void listening(String address, int port) {
    if (events.passes(LogLevel.INFO)) {
      events.offer(
          events.line(LogLevel.INFO, "http-listening").with("address", address).with("port", port));
    }
  }

  /** The agent cannot answer over HTTP; all else works. */
  void notListening(String address, int port, IOException failure) {
    if (events.passes(LogLevel.WARN)) {
      events.offer(
          events
              .line(LogLevel.WARN, "http-not-listening")
              .with("address", address)
              .with("port", port)
              .with("change", SettingKey.HTTP_PORT.property()),
          failure);
    }
  }

  /** Something of the agent's own observation does not work. */
  void problem(String what, @Nullable Throwable failure) {
    if (events.passes(LogLevel.WARN)) {
      events.offer(events.line(LogLevel.WARN, "observation-problem").with("what", what), failure);
    }
  }
}
