package io.tenantpool.interception;

import org.jspecify.annotations.Nullable;

/** Methods with all that makes it hard to add something to them. */
public class BusyPool {

  /** What leads to a connection. */
  public static class Entry {

    private final Object connection;

    public Entry(Object connection) {
      this.connection = connection;
    }

    /** The connection; fails for one that is called bad. */
    public Object getConnection() {
      if (connection.equals("bad")) {
        throw new IllegalStateException("bad");
      }
      return connection;
    }
  }

  protected @Nullable Entry entry;

  /** Wide locals, a loop at the start, its own catch-all, a parameter that is written to. */
  public long create(double wide, Object given, int rounds) {
    while (rounds > 3) {
      rounds--;
    }
    long sum = (long) wide;
    try {
      for (long i = 0; i < rounds; i++) {
        Object other = i;
        sum += other.hashCode();
        if (rounds < 0) {
          return -1;
        }
      }
      if (rounds == 3) {
        throw new IllegalArgumentException("three");
      }
      given = "changed";
      return sum;
    } catch (IllegalArgumentException three) {
      if (given == null) {
        throw three;
      }
      return -3;
    } finally {
      entry = given == null ? null : new Entry("from finally");
    }
  }

  /** Creates without an instance. */
  public static Object createStatically(Object answer) {
    if (answer == null) {
      throw new NullPointerException("nothing");
    }
    return answer;
  }

  /** The first instruction is where a loop jumps to. */
  public void giveBack(long wide, Entry given) {
    do {
      wide--;
    } while (wide > 0);
    given = new Entry("another");
    entry = given;
  }

  /** Returns from within a catch-all of its own. */
  public @Nullable Entry borrow(Entry given) {
    try {
      return given;
    } catch (RuntimeException never) {
      return null;
    } finally {
      entry = given;
    }
  }

  public synchronized boolean check() {
    return entry != null;
  }
}
