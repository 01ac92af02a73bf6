package io.tenantpool.config;

/** Whose idle connection is closed when another tenant needs its place. */
public enum EvictionOrder {
  /**
   * That of whoever asks least often, as long as that order proves better than the other; else the
   * one that nobody has used for longest.
   */
  FREQUENCY,

  /** The one that nobody has used for longest. */
  LRU
}
