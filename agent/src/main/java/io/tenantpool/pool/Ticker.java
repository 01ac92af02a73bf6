package io.tenantpool.pool;

/** Where the pool reads the time, so that a test can say what time it is. */
public interface Ticker {

  /** Elapsed nanoseconds since an arbitrary origin, as {@link System#nanoTime()} gives them. */
  long nanos();

  /** Wall-clock time, epoch milliseconds. */
  long epochMillis();

  /** The JVM's clocks. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public long epochMillis() {
        return System.currentTimeMillis();
      }
    };
  }
}
