package io.tenantpool.config;

/**
 * What bounds the use of one server beside the caps.
 *
 * @param serverLimit whether what the server allows does
 * @param maxWaiting how many threads may wait for a connection
 */
public record ServerBounds(ServerLimit serverLimit, int maxWaiting) {}
