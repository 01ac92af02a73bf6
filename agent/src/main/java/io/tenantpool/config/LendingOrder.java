package io.tenantpool.config;

/** Which of several idle connections that suit a borrower equally well it gets. */
public enum LendingOrder {
  /** The one that was returned last: the others may go idle, and be closed. */
  LIFO,

  /** The one that was returned first: all are used in turn. */
  FIFO
}
