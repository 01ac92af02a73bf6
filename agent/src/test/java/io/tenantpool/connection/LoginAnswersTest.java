package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoginAnswersTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final LoginAnswers answers = new LoginAnswers(now::get);

  @Test
  void anAnswerHoldsForWhoeverWantsOneOfThatTimeOrBefore() {
    LoginAnswers.OfAccount one = answers.of("one");
    assertNull(one.saidSince(now.get()));
    one.said("so", now.get());
    assertEquals("so", answers.of("one").saidSince(now.get()));
    assertEquals("so", one.saidSince(now.get() - 100));
    assertNull(one.saidSince(now.get() + 1));
    assertNull(answers.of("other").saidSince(now.get()));
    one.forget();
    assertNull(one.saidSince(now.get()));
  }

  /** The question may be under way meanwhile. */
  @Test
  void whatWasAskedBeforeAChangeSaysNothingAfterIt() {
    LoginAnswers.OfAccount one = answers.of("one");
    long asked = now.getAndIncrement();
    answers.of("other").said("so", asked);
    one.forgetAll();
    one.said("so", asked);
    assertNull(one.saidSince(asked));
    assertNull(answers.of("other").saidSince(asked));
    one.said("so", now.incrementAndGet());
    assertEquals("so", one.saidSince(asked));
  }

  /** The clock of a JVM may begin anywhere, and overflow. */
  @Test
  void whatWasSaidLongAgoIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      answers.of(i).said("so", now.getAndAdd(LoginAnswers.RECENT_NANOS / 100));
    }
    assertTrue(answers.size() <= 2 * 100 + 2, () -> answers.size() + " are kept");
    assertEquals("so", answers.of(999).saidSince(now.get() - LoginAnswers.RECENT_NANOS));
  }
}
