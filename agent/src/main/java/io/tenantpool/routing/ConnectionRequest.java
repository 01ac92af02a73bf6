package io.tenantpool.routing;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a driver was asked for.
 *
 * @param url the JDBC URL as the application wrote it
 * @param info the properties that came with it, usually {@code user} and {@code password}
 * @param driverLoader the class loader that defined the driver; null for the boot loader
 */
public record ConnectionRequest(
    @Nullable String url, @Nullable Properties info, @Nullable ClassLoader driverLoader) {}
