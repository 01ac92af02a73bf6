package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a server is asked how many connections it allows, and which answer counts. */
class LimitQuestionTest {

  private final ManualTicker ticker = new ManualTicker();
  private final StubServer server = new StubServer();
  private final LimitQuestion question = new LimitQuestion(ticker);
  private final List<Integer> answers = new ArrayList<>();

  private void connected(long doubts, int says) {
    server.limit = says;
    question.ask(server.physical(), doubts, this::answer);
  }

  private void answer(OptionalInt says) {
    answers.add(says.orElse(-1));
  }

  @Test
  void theFirstConnectionIsAskedAndTheNextOnesAreNot() {
    connected(1, 12);
    connected(1, 60);
    assertEquals(List.of(12), answers);
  }

  @Test
  void itIsAskedAgainAfterADoubtOnce() {
    connected(1, 12);
    connected(2, 60);
    connected(2, 70);
    assertEquals(List.of(12, 60), answers);
  }

  @Test
  void itIsAskedAgainAfterAWhile() {
    connected(1, 12);
    ticker.advanceMillis(TimeUnit.NANOSECONDS.toMillis(LimitQuestion.PERIOD_NANOS) - 1);
    connected(1, 50);
    assertEquals(List.of(12), answers);
    ticker.advanceMillis(1);
    connected(1, 60);
    connected(1, 70);
    assertEquals(List.of(12, 60), answers);
  }

  @Test
  void whenOneFailsToSayTheNextOneIsAsked() {
    server.limitFault = new IllegalStateException("no answer");
    connected(1, 12);
    server.limitFault = null;
    connected(1, 13);
    assertEquals(List.of(13), answers);
  }

  @Test
  void aServerThatDoesNotSayIsNotAskedEachTime() {
    connected(1, -1);
    connected(1, 12);
    assertEquals(List.of(-1), answers);
  }

  @Test
  void nobodyElseIsAskedUntilTheAnswerCounts() {
    server.limit = 12;
    question.ask(
        server.physical(),
        1,
        says -> {
          connected(2, 60);
          answer(says);
        });
    assertEquals(List.of(12), answers);
    connected(2, 60);
    assertEquals(List.of(12, 60), answers);
  }

  @Test
  void oneThatHangsDoesNotKeepOthersFromBeingAskedAndItsLateAnswerCountsNoMore() {
    server.limitAnswer =
        () -> {
          server.limitAnswer = null;
          ticker.advanceMillis(TimeUnit.NANOSECONDS.toMillis(LimitQuestion.LONGEST_NANOS));
          connected(2, 60);
        };
    connected(1, 12);
    assertEquals(List.of(60), answers);
    connected(2, 70);
    assertEquals(List.of(60), answers);
  }

  @Test
  void whatFailsBecauseOfTheAnswerDoesNotEndTheQuestions() {
    server.limit = 12;
    assertThrows(
        IllegalStateException.class,
        () ->
            question.ask(
                server.physical(),
                1,
                says -> {
                  throw new IllegalStateException("a bug");
                }));
    connected(2, 60);
    assertEquals(List.of(60), answers);
  }
}
