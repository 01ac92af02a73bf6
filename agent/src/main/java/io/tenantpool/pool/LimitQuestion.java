package io.tenantpool.pool;

import io.tenantpool.connection.PhysicalConnection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How many connections the server really allows. A connection that has just been opened is asked:
 * the first one, the first one after something that leaves the answer {@linkplain
 * ConnectionBudget#doubt in doubt}, and one every few minutes; should it fail to say, the next one
 * is. One is asked at a time, so that an older answer never replaces a newer one. Thread-safe; its
 * monitor is held for a few reads and writes only.
 */
final class LimitQuestion {

  static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(3);

  /** Who has not answered after that will not; the next one is asked. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long NOBODY = 0;

  private final Ticker ticker;
  private long questions;
  private long asking = NOBODY;
  private long askingSince;
  private boolean answered;
  private long answeredAt;
  private long doubtsThen;

  LimitQuestion(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Asks {@code physical} if it is time to, on the calling thread and without a lock.
   *
   * @param doubts how often the answer has been in doubt so far
   * @param answer takes what the server said before anybody else is asked
   */
  void ask(PhysicalConnection physical, long doubts, Consumer<OptionalInt> answer) {
    long question = begin(doubts);
    if (question == NOBODY) {
      return;
    }
    try {
      OptionalInt says;
      try {
        says = physical.serverLimit();
      } catch (SQLException | RuntimeException | Error e) {
        return;
      }
      if (hasAnswered(question, doubts)) {
        answer.accept(says);
      }
    } finally {
      end(question);
    }
  }

  private synchronized long begin(long doubts) {
    long now = ticker.nanos();
    boolean isKnown = answered && doubts == doubtsThen && now - answeredAt < PERIOD_NANOS;
    if (isKnown || (asking != NOBODY && now - askingSince < LONGEST_NANOS)) {
      return NOBODY;
    }
    asking = ++questions;
    askingSince = now;
    return asking;
  }

  /** False when another one was asked meanwhile, because this one took too long. */
  private synchronized boolean hasAnswered(long question, long doubts) {
    if (asking != question) {
      return false;
    }
    answered = true;
    answeredAt = ticker.nanos();
    doubtsThen = doubts;
    return true;
  }

  private synchronized void end(long question) {
    if (asking == question) {
      asking = NOBODY;
    }
  }
}
