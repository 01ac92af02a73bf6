package io.tenantpool.routing;

/** Why a request is left to the driver. */
public enum BypassReason {
  /** No pattern of {@code tenantpool.urls} matches. */
  NOT_CONFIGURED,
  /** A pattern of {@code tenantpool.exclude-urls} matches. */
  EXCLUDED,
  /**
   * The URL, or the properties given with it, cannot be understood, so nobody can tell with whom it
   * may share.
   */
  NOT_UNDERSTOOD
}
