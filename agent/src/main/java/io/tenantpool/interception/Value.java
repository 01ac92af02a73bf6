package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get from what a method of a pool has at hand to the {@code java.sql.Connection} in
 * question: where to start, and the fields and methods without arguments that lead on from there.
 * What a step leads to may have any type: it is cast to the owner of the next step.
 *
 * @param start where to start
 * @param argument which argument, from 0, if it starts at one
 */
record Value(Start start, int argument, List<Step> steps) {

  /** Where a path starts. */
  enum Start {
    THIS,
    ARGUMENT,
    RESULT
  }

  /**
   * One field to read or one method to call.
   *
   * @param owner the type that has it, written like {@link Boundary#type}; null for the type at
   *     which the path starts, which must be the instrumented class itself
   * @param member its name; where several methods have it, the one without arguments
   * @param ifInstance whether it is left out for what is no {@code owner}, and where there is none
   */
  record Step(@Nullable String owner, String member, boolean isMethod, boolean ifInstance) {}

  /** The pool object that the method belongs to. */
  static Value self() {
    return new Value(Start.THIS, 0, List.of());
  }

  /** The argument at {@code index}, from 0. */
  static Value argument(int index) {
    return new Value(Start.ARGUMENT, index, List.of());
  }

  /** What the method returns. */
  static Value result() {
    return new Value(Start.RESULT, 0, List.of());
  }

  /** Goes on to a field that the instrumented class has, itself or by inheritance. */
  Value field(String name) {
    return then(new Step(null, name, false, false));
  }

  /** Goes on to a field of {@code owner}. */
  Value field(String owner, String name) {
    return then(new Step(owner, name, false, false));
  }

  /** Calls a method that the instrumented class has, itself or by inheritance. */
  Value call(String name) {
    return then(new Step(null, name, true, false));
  }

  /** Calls a method of {@code owner}. */
  Value call(String owner, String name) {
    return then(new Step(owner, name, true, false));
  }

  /** Calls a method of {@code owner} if that is what it has come to, else goes on from there. */
  Value callIf(String owner, String name) {
    return then(new Step(owner, name, true, true));
  }

  private Value then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Value(start, argument, List.copyOf(longer));
  }
}
