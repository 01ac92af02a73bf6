package io.tenantpool.config;

/** When a session is made as clean as new. */
public enum ResetPolicy {
  /** At the end of every lease of a directly opened connection. */
  ALWAYS
}
