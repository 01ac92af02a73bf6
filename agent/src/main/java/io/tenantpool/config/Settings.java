package io.tenantpool.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Everything that can be configured, checked and immutable. {@link SettingKey} tells what each
 * value means.
 *
 * @param http where the agent answers over HTTP; empty when it does not
 * @param mode what the JVM starts with
 * @param reportFile where the report goes when the JVM ends
 * @param leakDetectionThreshold zero for none
 * @param circuitBreaker whether connects that fail again and again hold others back
 * @param serverBounds what bounds the use of one server beside the caps
 * @param effective every setting as text with its source, in the order of {@link SettingKey};
 *     without secrets. Empty when the values were not loaded but given
 * @param remarks what an operator should know of them, though they are in force
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
    Optional<Path> logFile,
    List<String> poolClasses,
    Optional<HttpSettings> http,
    TenantTags tenantTags,
    List<String> logMdcKeys,
    AuditSettings audit,
    boolean applicationMeters,
    Mode mode,
    Optional<Path> reportFile,
    Duration leakDetectionThreshold,
    boolean circuitBreaker,
    ServerBounds serverBounds,
    List<Setting> effective,
    List<String> remarks,
    List<UrlPattern> singleStatementUrls) {

  /**
   * Values that no operator wrote: neither ranges nor contradictions are checked, and what a tenant
   * may have is a hard cap.
   */
  public Settings(
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
      Optional<Path> logFile) {
    this(
        enabled,
        urls,
        excludeUrls,
        maxConnections,
        reservedConnections,
        systemUrls,
        maxConnectionsPerTenant,
        acquireTimeout,
        maxIdleTime,
        maxLifetime,
        reset,
        hikariMbeans,
        meters,
        logLevel,
        logFormat,
        logFile,
        List.of(),
        Optional.empty(),
        new TenantTags(Integer.MAX_VALUE),
        List.of(),
        AuditSettings.NONE,
        true,
        Mode.POOL,
        Optional.empty(),
        Duration.ZERO,
        true,
        new ServerBounds(
            ServerLimit.ASK,
            Integer.MAX_VALUE,
            TenantCap.HARD,
            TenantLimits.NONE,
            EvictionOrder.LRU,
            LendingOrder.LIFO),
        List.of(),
        List.of(),
        List.of());
  }

  /** What holds when nobody sets anything. */
  public static Settings defaults() {
    return of("");
  }

  /**
   * What holds when these agent arguments are given, such as {@code
   * "max-connections=8,acquire-timeout=1s"}, and nothing else.
   *
   * @throws InvalidSettingsException with every problem
   */
  public static Settings of(String agentArguments) {
    return SettingsLoader.load(
        new Properties(), agentArguments, Map.of(), ConfigFileReader.ofFileSystem());
  }

  /** How many connections only system URLs may use: none as long as there are no such URLs. */
  public int effectiveReserve() {
    return systemUrls.isEmpty() ? 0 : reservedConnections;
  }

  /** The effective settings, which hold no secrets, as URL patterns may. */
  @Override
  public String toString() {
    return "Settings" + effective;
  }
}
