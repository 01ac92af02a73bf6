package io.tenantpool.simulation;

import java.io.IOException;
import java.sql.SQLException;

/** What a driver throws that it should not, or need not: decided by the die of a {@link World}. */
public final class Faults {

  private static final String INJECTED = "injected";

  private final World world;
  private final int odds;
  private final boolean undeclared;

  /**
   * Of a fault, one in so many calls.
   *
   * @param undeclared whether it may be a checked exception that is not declared
   */
  Faults(World world, int odds, boolean undeclared) {
    this.world = world;
    this.odds = odds;
    this.undeclared = undeclared;
  }

  /** Whether a failure, or one that it was made of, is one of these. */
  public static boolean isInjected(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).startsWith(INJECTED)) {
        return true;
      }
    }
    return false;
  }

  /** An SQLException that the driver may throw, with such an SQLState. */
  static SQLException refusal(String message, String state) {
    return new SQLException(INJECTED + ": " + message, state);
  }

  /** Perhaps throws what must not be thrown there. */
  public void strike(String where) {
    if (world.oneIn(odds)) {
      Throwable fault = any();
      world.note("fault in " + where, fault.getClass().getSimpleName());
      Faults.<RuntimeException>raise(fault);
    }
  }

  /** Perhaps fails as a driver may. */
  void fail(String where) throws SQLException {
    if (world.oneIn(odds)) {
      String state =
          switch (world.random().nextInt(4)) {
            case 0 -> "08006";
            case 1 -> "57P03";
            case 2 -> "28P01";
            default -> "XX000";
          };
      world.note("failure of " + where, state);
      throw refusal(where, state);
    }
  }

  private Throwable any() {
    return switch (world.random().nextInt(undeclared ? 5 : 4)) {
      case 0 -> new IllegalStateException(INJECTED);
      case 1 -> new StackOverflowError(INJECTED);
      case 2 -> new OutOfMemoryError(INJECTED);
      case 3 -> new LinkageError(INJECTED);
      default -> new IOException(INJECTED);
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable fault) throws T {
    throw (T) fault;
  }
}
