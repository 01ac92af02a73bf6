package io.tenantpool.config;

/**
 * What bounds the use of one server beside the budget and the shares.
 *
 * @param serverLimit whether what the server allows does
 * @param maxWaiting how many threads may wait for a connection
 * @param tenantCap whether a tenant's share is its cap, too
 * @param tenantLimits what holds for some tenants
 * @param evictionOrder whose idle connection goes when another tenant needs its place
 * @param lendingOrder which of a tenant's idle connections a borrower gets
 */
public record ServerBounds(
    ServerLimit serverLimit,
    int maxWaiting,
    TenantCap tenantCap,
    TenantLimits tenantLimits,
    EvictionOrder evictionOrder,
    LendingOrder lendingOrder) {}
