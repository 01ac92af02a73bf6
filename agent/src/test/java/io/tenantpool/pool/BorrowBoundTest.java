package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tenantpool.connection.WaitEnd;
import io.tenantpool.connection.WaitLimit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ends a wait, and what ends a connect, of one borrow that may take ten seconds. */
class BorrowBoundTest {

  private static BorrowBound bound(@Nullable WaitLimit shorter) {
    return new BorrowBound(new ManualTicker(), 0, millis(10_000), shorter, null);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void aConnectEndsAMomentAfterTheDeadline() {
    BorrowBound bound = bound(WaitLimit.ofMillis(WaitEnd.LOGIN_TIMEOUT_OF_POOLED, 1000));
    assertEquals(WaitEnd.LOGIN_TIMEOUT_OF_POOLED, bound.due(millis(1000)));
    assertNull(bound.late(millis(1029)));
    assertEquals(WaitEnd.LOGIN_TIMEOUT_OF_POOLED, bound.late(millis(1030)));
  }

  @Test
  void aDriverThatBoundsItsLoginItselfSaysSoFirst() {
    BorrowBound bound = bound(WaitLimit.ofMillis(WaitEnd.LOGIN_TIMEOUT, 1000));
    assertEquals(WaitEnd.LOGIN_TIMEOUT, bound.due(millis(1000)));
    assertNull(bound.late(millis(1079)));
    assertEquals(WaitEnd.LOGIN_TIMEOUT, bound.late(millis(1080)));
  }

  /** It bounds each answer of the server, and a login has several. */
  @Test
  void aSocketTimeoutEndsAWaitAndNoConnect() {
    BorrowBound bound = bound(WaitLimit.ofMillis(WaitEnd.SOCKET_TIMEOUT, 1000));
    assertEquals(WaitEnd.SOCKET_TIMEOUT, bound.due(millis(1000)));
    assertNull(bound.late(millis(9_999)));
    assertEquals(WaitEnd.ACQUIRE_TIMEOUT, bound.late(millis(10_030)));
  }
}
