package io.tenantpool.observation.http;

import java.util.function.Supplier;

/**
 * One path that is answered.
 *
 * @param contentType as the header says it
 * @param text made anew for each request; what it throws is answered with status 500
 */
public record Page(String contentType, Supplier<String> text) {}
