package io.tenantpool.it.support;

/** What a connection that leads through a {@link FaultProxy} meets. */
enum Fault {
  /** Nothing: what either side sends arrives. */
  NONE,

  /** It is reset. */
  RESET,

  /** It ends as when the server closes it. */
  CLOSE,

  /** What either side sends is lost, for good; nobody is told. */
  SWALLOW,

  /** The server answers a login once, and what comes after that is lost. */
  SWALLOW_AFTER_FIRST_ANSWER,

  /** What either side sends arrives when all is well again. */
  HOLD_BACK,

  /** The server's half ends; what the client still sends is lost. */
  HALF_CLOSE,

  /** The server has forgotten it: what the client sends next is answered with a reset. */
  HALF_OPEN,

  /** What the server sends arrives one byte at a time. */
  ONE_BYTE_AT_A_TIME,

  /** What the server sends arrives later. */
  LATE,

  /** After the login, the next answer is cut off within its first message, by a reset. */
  CUT_ANSWER,

  /** The login is refused by an error of the server. */
  REFUSE;

  /** Whether a connection that met it stays as it is when all is well again. */
  boolean isForGood() {
    return this == SWALLOW || this == HALF_CLOSE || this == HALF_OPEN || this == REFUSE;
  }

  /** Whether it ends a connection at once. */
  boolean isTheEnd() {
    return this == RESET || this == CLOSE;
  }
}
