package io.tenantpool.connection;

import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call to be repeated on another object of the driver. Equal to one of the same method with equal
 * arguments.
 *
 * @param args as the application gave them
 */
record Step(Call call, @Nullable Object @Nullable [] args) {

  /** The same, whatever the application does to its arrays, dates and maps from now on. */
  static Step kept(Call call, @Nullable Object @Nullable [] args) {
    @Nullable Object @Nullable [] copies = args == null ? null : args.clone();
    for (int i = 0; copies != null && i < copies.length; i++) {
      copies[i] = copyOf(copies[i]);
    }
    return new Step(call, copies);
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    } else if (value instanceof Object[] elements) {
      return elements.clone();
    } else if (value instanceof Date date) {
      return date.clone();
    } else if (value instanceof Calendar calendar) {
      return calendar.clone();
    }
    return value instanceof Map<?, ?> map ? new HashMap<>(map) : value;
  }

  /**
   * Makes the call of {@code target}.
   *
   * @throws Throwable what the driver throws
   */
  @Nullable Object repeat(Object target) throws Throwable {
    return call.invoke(target, args);
  }

  /** Whether it cannot be made twice: a stream can be read once, a locator lives in its session. */
  boolean isConsumable() {
    return isConsumable(args);
  }

  static boolean isConsumable(@Nullable Object @Nullable [] args) {
    if (args != null) {
      for (Object arg : args) {
        if (arg != null && ObjectKind.of(arg.getClass()) != ObjectKind.VALUE) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Step step
        && call.method().equals(step.call.method())
        && Arrays.deepEquals(args, step.args);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call.method(), Arrays.deepHashCode(args));
  }
}
