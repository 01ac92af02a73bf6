package io.tenantpool.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a login would give, as the server has said a moment ago, by account. The question costs a
 * session that is new three milliseconds of the server's time, half as much as its login, for the
 * server has to look up all that the question speaks of; so one session asks for all others of its
 * account. What was said longer ago is forgotten. Thread-safe.
 */
public final class LoginAnswers {

  /** For how long an answer holds for sessions that have not been there when it was given. */
  static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Answer(String text, long askedAt) {}

  private final LongSupplier nanos;
  private final Map<Object, Answer> answers = new ConcurrentHashMap<>();
  private volatile long tidiedAt;

  /** What was asked until then says nothing any more, be it answered later. */
  private volatile long endedAt;

  /** {@code nanos}: elapsed nanoseconds. */
  public LoginAnswers(LongSupplier nanos) {
    this.nanos = nanos;
    tidiedAt = nanos.getAsLong();
    endedAt = tidiedAt - 1;
  }

  /** Those of one account. */
  public OfAccount of(Object account) {
    return new OfAccount(account);
  }

  int size() {
    return answers.size();
  }

  private void tidyUp(long now) {
    if (now - tidiedAt > RECENT_NANOS) {
      tidiedAt = now;
      answers.values().removeIf(answer -> now - answer.askedAt() > RECENT_NANOS);
    }
  }

  /** What was said of one account. */
  public final class OfAccount {

    private final Object account;

    private OfAccount(Object account) {
      this.account = account;
    }

    long now() {
      return nanos.getAsLong();
    }

    /** The answer to a question that was asked at that moment or later; null without one. */
    @Nullable String saidSince(long moment) {
      Answer last = answers.get(account);
      return last == null || last.askedAt() - moment < 0 || last.askedAt() - endedAt <= 0
          ? null
          : last.text();
    }

    /** The server has answered a question that was asked then. */
    void said(String answer, long askedAt) {
      answers.put(account, new Answer(answer, askedAt));
      tidyUp(askedAt);
    }

    /** Nobody would get what others got. */
    void forget() {
      answers.remove(account);
    }

    /** Somebody has changed what logins give, be it with another account. */
    void forgetAll() {
      endedAt = nanos.getAsLong();
      answers.clear();
    }
  }
}
