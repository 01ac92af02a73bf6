package io.tenantpool.it.pools;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.postgresql.util.PSQLException;

/** What an application saw, step by step, as text without numbers that differ from run to run. */
final class Seen {

  private final List<String> steps = new ArrayList<>();

  /** Tries something; a failure does not end the case. */
  Seen get(String what, Callable<?> call) {
    steps.add(what + ": " + of(call));
    return this;
  }

  /** Tries something of which only a failure tells something. */
  Seen run(String what, Step step) {
    return get(
        what,
        () -> {
          step.run();
          return "done";
        });
  }

  /** The value, or the exception. */
  static String of(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Throwable e) {
      return of(e);
    }
  }

  /** Class, SQLState and message. */
  static String of(Throwable e) {
    String state = e instanceof SQLException failure ? " " + failure.getSQLState() : "";
    String message =
        String.valueOf(e.getMessage())
            .replaceAll("\\s*\\R\\s*", " | ")
            // The identity of an object differs from run to run, as times and processes do.
            .replaceAll("(\\$Proxy|@)[0-9a-fA-F]+", "$1#")
            .replaceAll("PT[0-9.]+S|[0-9]{3,}(\\.[0-9]+)?", "#")
            .replaceAll(
                "(?:io\\.tenantpool\\.connection\\.proxy\\.)?org\\.postgresql\\.jdbc\\.Pg\\w+",
                "a driver's object");
    return type(e) + state + " " + message;
  }

  /** For a closed object the agent answers with JDK classes, and the driver's words. */
  private static String type(Throwable e) {
    return e instanceof PSQLException ? SQLException.class.getName() : e.getClass().getName();
  }

  @Override
  public String toString() {
    return String.join("; ", steps);
  }

  /** Something that returns nothing. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}
