package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreensTest {

  private static final Reading READING =
      Figures.reading(
          3_723_000,
          List.of(Figures.server(Figures.DB, 34, 40, 848)),
          List.of(
              Figures.tenant(Figures.DB, "quiet", 0, 1, 900),
              Figures.tenant(Figures.DB, "busy", 2, 2, 10),
              Figures.tenant(Figures.DB, "resting", 0, 2, 20)));

  @Test
  void statusSaysWhatTheBudgetIsUsedFor() {
    String text = Figures.text(new StatusScreen(READING, 10).lines());
    assertTrue(text.startsWith("Tenant Pool Agent 1.0 JVM 4711 up 1 h 2 min\n"), text);
    for (String expected :
        List.of(
            "Server db:5432",
            "34 of 40 (85 %)",
            "3 active 0 connecting 31 idle 2 waiting",
            "hit rate 66.1 %",
            "p99 31.4 ms",
            "evictions PRESSURE 848\n",
            "pins none")) {
      assertTrue(text.contains(expected), text);
    }
    assertFalse(text.contains("lowered"), text);
  }

  @Test
  void statusSaysHowConnectionsAreSharedOutAndWhoWaitedForHowLong() {
    String text = Figures.text(new StatusScreen(READING, 10).lines());
    for (String expected :
        List.of(
            "3 connections sure each, 40 at most (elastic) above shares 5",
            "waits BUDGET 4 of 2.5 ms\n",
            "waited busy 2 of 1.5 ms\n",
            " WAITING SHARE CAP ABOVE BORROWS",
            " busy 2 2 0 0 4 7 0 10 0 us 5 minimum 2\n")) {
      assertTrue(text.contains(expected), () -> expected + " is not in\n" + text);
    }
    String top = Figures.text(new TopScreen(24, false).lines(null, READING));
    assertTrue(top.contains("waited for BUDGET 4 of 2.5 ms"), top);
  }

  @Test
  void statusPutsThoseFirstThatUseItMostAndCountsTheRest() {
    String text = Figures.text(new StatusScreen(READING, 2).lines());
    assertTrue(text.indexOf(" busy ") < text.indexOf(" resting "), text);
    assertFalse(text.contains(" quiet "), text);
    assertTrue(text.endsWith("and 1 more"), text);
  }

  @Test
  void statusSaysWhenTheServerAllowsLess() {
    Reading lowered = Figures.reading(1, List.of(Figures.server(Figures.DB, 3, 30, 0)), List.of());
    String text = Figures.text(new StatusScreen(lowered, 2).lines());
    assertTrue(text.contains("lowered from 40"), text);
  }

  @Test
  void beforeTheFirstConnectionThereIsNothingToShow() {
    Reading empty = Figures.reading(1_000, List.of(), List.of());
    String words = "No connection has been asked for yet.";
    assertTrue(new StatusScreen(empty, 10).lines().contains(words));
    assertTrue(new TopScreen(24, false).lines(null, empty).contains(words));
  }

  @Test
  void whatIsNotPooledIsShownThoughNothingElseIs() {
    Map<String, Object> site =
        Map.of(
            "reason", "HIDDEN_FROM_LOADER",
            "server", "",
            "site", "org.postgresql.Driver of loader Bundle\u001b[2J",
            "detail", "it does not ask the boot loader",
            "count", 1L,
            "meaning", "cannot be instrumented",
            "advice", "set something");
    Bean manager =
        new Bean(
            Map.of("type", "PoolManager"),
            Map.of(
                "NotPooledSites", List.of(site),
                "NotPooledByReason", Map.of("HIDDEN_FROM_LOADER", 1L)));
    Reading reading = new Reading(1, 1_000, manager, List.of(), List.of(), List.of());
    String status = String.join("\n", new StatusScreen(reading, 10).lines());
    assertFalse(status.contains("No connection has been asked for yet."), status);
    assertTrue(
        status.contains("1 x HIDDEN_FROM_LOADER at org.postgresql.Driver of loader Bundle?"),
        status);
    assertTrue(status.contains("cannot be instrumented; set something"), status);
    String top = String.join("\n", new TopScreen(24, false).lines(null, reading));
    assertFalse(top.contains("No connection has been asked for yet."), top);
    assertTrue(top.contains("HIDDEN_FROM_LOADER 1"), top);
  }

  @Test
  void aNameCannotSteerTheTerminal() {
    Reading evil =
        Figures.reading(
            1,
            List.of(Figures.server("a\u001b[2J", 4, 10, 0)),
            List.of(Figures.tenant("a\u001b[2J", "x\u001b]0;owned\u0007\n", 0, 1, 0)));
    List<String> lines = new ArrayList<>(new StatusScreen(evil, 10).lines());
    lines.addAll(new TopScreen(24, false).lines(null, evil));
    assertTrue(lines.stream().allMatch(line -> line.equals(Words.visible(line))), lines::toString);
    assertTrue(lines.toString().contains("x?]0;owned??"), lines::toString);
  }

  @Test
  void topShowsRatesBetweenTwoReadings() {
    Reading later =
        Figures.reading(
            3_725_000,
            List.of(Figures.server(Figures.DB, 40, 40, 851)),
            List.of(
                Figures.tenant(Figures.DB, "quiet", 0, 1, 1_000),
                Figures.tenant(Figures.DB, "new", 0, 1, 7)));
    String text = Figures.text(new TopScreen(24, false).lines(READING, later));
    assertTrue(text.contains("db:5432 [####################] 40 of 40 (100 %)"), text);
    assertTrue(text.contains("evictions/s 1.5"), text);
    assertTrue(text.contains(" quiet 1 0 1 0 50 0.0"), text);
    assertTrue(text.contains(" new 1 0 1 0 - -"), text);
    assertTrue(text.indexOf("quiet") < text.indexOf("new"), text);
  }

  @Test
  void statusOfAnObservedApplicationHasTheConnectionsThatAreOnlyWatched() {
    Reading watched = Figures.watched(60_000, 12, Map.of("small", 1, "large", 6));
    String text = Figures.text(new StatusScreen(watched, 10).lines());
    assertTrue(
        text.contains(
            " watched 7 open 1 busy 6 idle in pools peak 8 connects 12 would pin 3\n"
                + " WATCHED TENANT OPEN BUSY PEAK CONNECTS CONNECT WOULD PIN\n"
                + " large 6 1 7 12 20.0 ms 3\n"
                + " small 1 1 2 12 20.0 ms 3"),
        text);
    String first = Figures.text(new StatusScreen(watched, 1).lines());
    assertTrue(first.endsWith(" large 6 1 7 12 20.0 ms 3\n and 1 more"), first);
    assertFalse(Figures.text(new StatusScreen(READING, 10).lines()).contains("watched"));
  }

  @Test
  void topOfAnObservedApplicationShowsHowFastItConnects() {
    Reading before = Figures.watched(60_000, 12, Map.of("small", 1));
    Reading now = Figures.watched(62_000, 22, Map.of("small", 1, "large", 6));
    String text = Figures.text(new TopScreen(24, false).lines(before, now));
    assertTrue(text.contains("\n watched: open 7 busy 1 idle in pools 6 connects/s 5.0\n"), text);
    assertTrue(
        text.endsWith(
            " WATCHED TENANT OPEN BUSY PEAK CONNECTS/S\n large 6 1 7 -\n small 1 1 2 5.0"),
        text);
    assertEquals(3, new TopScreen(3, false).lines(before, now).size());
  }

  @Test
  void topNeverHasMoreLinesThanTheScreen() {
    for (int rows = 1; rows < 9; rows++) {
      int lines = new TopScreen(rows, true).lines(null, READING).size();
      assertEquals(Math.min(rows, 7), lines);
    }
  }

  @Test
  void topNamesTheServerWhereThereAreSeveral() {
    Reading two =
        Figures.reading(
            1,
            List.of(Figures.server("a:1", 3, 10, 0), Figures.server("b:1", 3, 10, 0)),
            List.of(Figures.tenant("b:1", "acme", 1, 1, 0)));
    String text = Figures.text(new TopScreen(24, false).lines(null, two));
    assertTrue(text.contains("acme @ b:1 "), text);
  }
}
