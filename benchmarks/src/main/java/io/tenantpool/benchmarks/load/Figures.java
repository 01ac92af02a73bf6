package io.tenantpool.benchmarks.load;

import java.util.Locale;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;

/**
 * What the application saw in a round. Latencies are in milliseconds, from when a unit was to begin
 * to its end; a unit that failed counts with what it took or with the timeout, whichever is more,
 * so that quick refusals do not look like quick answers; one that was not served with how long it
 * had waited.
 *
 * @param units those that were done
 * @param failed those that ended with an exception
 * @param unserved those that arrived and that nobody had come to when the round was over
 * @param seconds from the start to the end of the last unit
 */
public record Figures(
    long units,
    long failed,
    long unserved,
    double seconds,
    double p50,
    double p90,
    double p99,
    double p999,
    double most) {

  private static final String FIRST_WORD = "figures";

  static Figures of(long units, long failed, long unserved, long nanos, Histogram latencies) {
    return new Figures(
        units,
        failed,
        unserved,
        nanos / 1e9,
        millis(latencies.getValueAtPercentile(50)),
        millis(latencies.getValueAtPercentile(90)),
        millis(latencies.getValueAtPercentile(99)),
        millis(latencies.getValueAtPercentile(99.9)),
        millis(latencies.getMaxValue()));
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  public double unitsPerSecond() {
    return units / seconds;
  }

  /** One line of text. */
  public String toLine() {
    StringJoiner line = new StringJoiner(" ");
    line.add(FIRST_WORD).add("" + units).add("" + failed).add("" + unserved);
    for (double each : new double[] {seconds, p50, p90, p99, p999, most}) {
      line.add(String.format(Locale.ROOT, "%.6f", each));
    }
    return line.toString();
  }

  /** Whether this is such a line; a JVM may print others. */
  public static boolean isLine(String line) {
    return line.startsWith(FIRST_WORD + " ");
  }

  public static Figures ofLine(String line) {
    String[] words = line.split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 1; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return new Figures(
        (long) numbers[1],
        (long) numbers[2],
        (long) numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        numbers[9]);
  }
}
