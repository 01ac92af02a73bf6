package io.tenantpool.pool;

/**
 * How many connects may be under way at once that take the place of another tenant's connection. A
 * connect costs a server some milliseconds of a processor, ten times what most requests do. Several
 * at once slow one another and everybody's requests down, and meanwhile the connections come back
 * for which their borrowers could have waited. How many a server can take is not known, but can be
 * seen: the bound goes to and fro between a number and some more, and where those more mean more
 * connects in a second, nearly as many for each of them as for each of the others, it rises; where
 * they mean few, it falls. Only neighbouring moments are compared, for a server has more or less
 * time for us as the day goes on. Not thread-safe: the server's lock guards it.
 */
final class ReplacementPlaces {

  /** One at a time leaves the server idle while the borrower is at work, and all others wait. */
  static final int FEWEST = 2;

  /** More than ever matters. */
  private static final int MOST = 64;

  /** A place more is worth it if it does so much of what the others do on average. */
  private static final double WORTH_IT = 0.9;

  /** With less than that it is not. */
  private static final double NOT_WORTH_IT = 0.7;

  /** So many connects at one bound, and it is the other one's turn. */
  private static final int TURN = 16;

  /** After so many turns of both, what was seen says something. */
  private static final int ENOUGH = 4;

  /** In this part of itself the average follows what the last turns of both have shown. */
  private static final int MEMORY = 8;

  private final int constant;
  private int fewer = FEWEST;
  private boolean isMoresTurn;
  private int connects;
  private long nanos;

  /** What a connect took in the turn of fewer. */
  private double takenByFewer;

  private int turns;
  private double gain;

  /** A bound that follows the server; or, for simulations, so many if that is not 0. */
  ReplacementPlaces(int constant) {
    this.constant = constant;
  }

  /**
   * A connect took so long.
   *
   * @param atOnce how many were under way with it, itself included, when most were
   */
  void opened(long connectNanos, int atOnce) {
    if (constant != 0 || atOnce != now()) {
      return;
    }
    nanos += connectNanos;
    if (++connects < TURN) {
      return;
    }
    double taken = Math.max(1, (double) nanos / connects);
    nanos = 0;
    connects = 0;
    if (isMoresTurn) {
      compare(takenByFewer, taken);
    } else {
      takenByFewer = taken;
    }
    isMoresTurn = !isMoresTurn;
  }

  private void compare(double withFewer, double withMore) {
    double asMany = more() * withFewer / withMore;
    double now = (asMany - fewer) / (more() - fewer);
    turns++;
    gain += (now - gain) / Math.min(turns, MEMORY);
    if (turns < ENOUGH) {
      return;
    }
    if (gain >= WORTH_IT && more() < MOST) {
      startAt(more());
    } else if (gain < NOT_WORTH_IT && fewer > FEWEST) {
      startAt(fewer - Math.max(1, fewer / 5));
    }
  }

  private void startAt(int places) {
    fewer = places;
    turns = 0;
    gain = 0;
  }

  /** A quarter more, so that it can be seen among connects of which no two take equally long. */
  private int more() {
    return fewer + Math.max(1, fewer / 4);
  }

  /** Whether one more may begin beside so many. */
  boolean hasRoom(int underWay) {
    return underWay < now();
  }

  /** How many may be under way at once. */
  int now() {
    if (constant != 0) {
      return constant;
    }
    return isMoresTurn ? more() : fewer;
  }
}
