package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void aFrameReplacesTheOneBeforeAndDoesNotScroll() {
    assertEquals("\u001b[Ha\u001b[K\nb\u001b[K\u001b[J", Terminal.frame(List.of("a", "b")));
  }

  @Test
  void theHeightIsTheFirstOfTwoNumbers() {
    assertEquals(OptionalInt.of(24), Stty.rows("24 80\n"));
    assertEquals(OptionalInt.empty(), Stty.rows("0 0\n"));
    assertEquals(OptionalInt.empty(), Stty.rows(""));
  }
}
