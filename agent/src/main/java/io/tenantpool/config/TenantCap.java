package io.tenantpool.config;

/** Whether a tenant's share of a server's connections is the most that it may have, too. */
public enum TenantCap {
  /** Beyond its share a tenant may have what nobody else wants. */
  ELASTIC,

  /** A tenant never has more than its share. */
  HARD
}
