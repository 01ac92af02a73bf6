package io.tenantpool.it.fidelity;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

/** Several calls of one case: what each of them returned or threw. */
final class Attempts implements Iterable<String> {

  /** A call that returns nothing. */
  @FunctionalInterface
  interface Act {
    void run() throws Exception;
  }

  private final List<String> outcomes = new ArrayList<>();

  /** Tries a call and keeps its result. */
  Attempts get(Callable<?> call) {
    try {
      outcomes.add(Description.of(call.call()));
    } catch (Throwable e) {
      outcomes.add(Description.of(e));
    }
    return this;
  }

  /** Tries a call of which only a failure tells something. */
  Attempts run(Act act) {
    return get(
        () -> {
          act.run();
          return "done";
        });
  }

  @Override
  public Iterator<String> iterator() {
    return outcomes.iterator();
  }
}
