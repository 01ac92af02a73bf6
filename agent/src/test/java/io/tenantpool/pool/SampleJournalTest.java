package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleJournalTest {

  private final SampleJournal journal = new SampleJournal("db:5432");

  private static List<String> lines(BorrowSamples samples) {
    List<String> lines = new ArrayList<>();
    samples.forEach(
        new BorrowSamples.Visitor() {
          @Override
          public void borrowed(String tenant, long nanos) {
            lines.add("+" + tenant + nanos);
          }

          @Override
          public void returned(String tenant, long nanos) {
            lines.add("-" + tenant + nanos);
          }
        });
    return lines;
  }

  private BorrowSamples drain() {
    BorrowSamples samples = journal.drain();
    assertNotNull(samples);
    return samples;
  }

  @Test
  void samplesComeOutInTheOrderOfTheirWritingAndOnce() {
    journal.borrowed("a", 0);
    journal.returned("a", 0);
    journal.borrowed("b", 7);
    journal.returned("b", 9);
    BorrowSamples samples = drain();
    assertEquals(List.of("+a0", "-a0", "+b7", "-b9"), lines(samples));
    assertEquals("db:5432", samples.server());
    assertEquals(0, samples.lost());
    assertNull(journal.drain());
  }

  @Test
  void aClockThatWentBackGivesZero() {
    journal.borrowed("a", -5);
    journal.returned("a", -5);
    assertEquals(List.of("+a0", "-a0"), lines(drain()));
  }

  @Test
  void itGrowsToItsCapacityAndCountsWhatFindsNoRoom() {
    int written = 20_000;
    for (int i = 0; i < written; i++) {
      journal.borrowed("a", i);
    }
    BorrowSamples samples = drain();
    List<String> lines = lines(samples);
    assertEquals(written, lines.size() + samples.lost());
    assertEquals("+a0", lines.get(0));
    assertEquals("+a" + (lines.size() - 1), lines.get(lines.size() - 1));
    journal.returned("a", 1);
    BorrowSamples next = drain();
    assertEquals(List.of("-a1"), lines(next));
    assertEquals(0, next.lost());
  }

  @Test
  void aBatchThatWasTakenOutDoesNotChange() {
    journal.borrowed("a", 1);
    BorrowSamples samples = drain();
    journal.borrowed("b", 2);
    assertEquals(List.of("+a1"), lines(samples));
  }
}
