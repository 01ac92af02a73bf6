package io.tenantpool.config;

/** Whether what a server says that it allows bounds its budget. */
public enum ServerLimit {
  /** It is asked, and the budget is never more. */
  ASK,
  /** It is not asked. */
  OFF
}
