package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeSwitchTest {

  private final ModeSwitch mode = new ModeSwitch(Mode.POOL);
  private final List<String> heard = new ArrayList<>();

  @Test
  void listenersHearOfEachChangeAfterIt() {
    mode.onSwitch((before, now) -> heard.add(before + " " + now + " " + mode.current()));
    assertTrue(mode.switchTo(Mode.OBSERVE));
    assertTrue(mode.switchTo(Mode.OFF));
    assertEquals(List.of("pool observe observe", "observe off off"), heard);
  }

  @Test
  void theModeThatHoldsAlreadyIsNoChange() {
    mode.onSwitch((before, now) -> heard.add("heard"));
    assertFalse(mode.switchTo(Mode.POOL));
    assertEquals(List.of(), heard);
  }

  @Test
  void itFollowsTheSettings() {
    RuntimeSettings settings = new RuntimeSettings(Settings.of("mode=off"));
    ModeSwitch followed = ModeSwitch.of(settings);
    assertSame(Mode.OFF, followed.current());
    settings.change("mode", " Observe ");
    assertSame(Mode.OBSERVE, followed.current());
    settings.change("max-connections", "7");
    assertSame(Mode.OBSERVE, followed.current());
  }

  @Test
  void modeAndReportFileAreSettings() {
    assertSame(Mode.POOL, Settings.defaults().mode());
    assertEquals(Optional.empty(), Settings.defaults().reportFile());
    Settings settings = Settings.of("mode=observe,report-file=pool.txt");
    assertSame(Mode.OBSERVE, settings.mode());
    assertEquals(Optional.of(Path.of("pool.txt")), settings.reportFile());
    InvalidSettingsException wrong =
        assertThrows(InvalidSettingsException.class, () -> Settings.of("mode=on"));
    assertTrue(wrong.getMessage().contains("must be pool, observe or off"), wrong.getMessage());
  }
}
