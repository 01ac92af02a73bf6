package io.tenantpool.config;

/** Whose idle connection is closed when another tenant needs its place. */
public enum EvictionOrder {
  /**
   * That of whoever asks least often, as long as that order proves better than the other; else that
   * of the least recently used tenant.
   */
  FREQUENCY,

  /** That of the least recently used tenant. */
  LRU
}
