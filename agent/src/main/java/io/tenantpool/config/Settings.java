package io.tenantpool.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be configured, checked and immutable. {@link SettingKey} tells what each
 * value means.
 */
public record Settings(
    boolean enabled,
    List<UrlPattern> urls,
    List<UrlPattern> excludeUrls,
    int maxConnections,
    int reservedConnections,
    List<UrlPattern> systemUrls,
    int maxConnectionsPerTenant,
    Duration acquireTimeout,
    Duration maxIdleTime,
    Duration maxLifetime,
    ResetPolicy reset,
    boolean hikariMbeans,
    boolean meters,
    LogLevel logLevel,
    LogFormat logFormat,
    Optional<Path> logFile) {}
