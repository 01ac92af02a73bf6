package io.tenantpool.it.pools;

import java.util.SplittableRandom;

/**
 * One unit of work. Its number alone decides what it is, so that whoever does the same units, in
 * whatever order, leaves the same books behind.
 *
 * @param tenant which of the tenants
 * @param from one account
 * @param to another account
 */
record Unit(int number, int tenant, Kind kind, int from, int to, int amount) {

  /** Accounts of each tenant, numbered from 0. */
  static final int ACCOUNTS = 50;

  private static final int VISIT = 6;

  /** What there is to do. */
  enum Kind {
    /** Two accounts change, in a transaction. */
    TRANSFER,
    /** One account changes, in one statement. */
    DEPOSIT,
    /** One prepared statement, executed with several values. */
    READS,
    /** Rows that the driver fetches a few at a time, in a transaction. */
    CURSOR,
    /** Entries of the journal, in a batch. */
    BATCH,
    /** A second connection while the first is in a transaction. */
    NESTED,
    /** A transaction that is undone on purpose. */
    UNDONE,
    /** A transaction that fails on purpose. */
    FAILED,
    /** A transaction that the pool has to undo, where it does. */
    LEFT_TO_THE_POOL
  }

  /**
   * The unit with this number. A tenant's units come a few at a time; the first ones are for one
   * tenant after the other, later ones for some tenants more than for others.
   */
  static Unit of(int number, int tenants) {
    int visit = number / VISIT;
    int tenant =
        visit < tenants
            ? visit
            : (int) (tenants * Math.pow(new SplittableRandom(~visit).nextDouble(), 1.5));
    SplittableRandom random = new SplittableRandom(number);
    Kind kind = kind(random.nextInt(100));
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    return new Unit(number, tenant, kind, from, to, 1 + random.nextInt(100));
  }

  private static Kind kind(int percent) {
    if (percent < 30) {
      return Kind.TRANSFER;
    } else if (percent < 45) {
      return Kind.DEPOSIT;
    } else if (percent < 60) {
      return Kind.READS;
    } else if (percent < 68) {
      return Kind.CURSOR;
    } else if (percent < 76) {
      return Kind.BATCH;
    } else if (percent < 80) {
      return Kind.NESTED;
    } else if (percent < 88) {
      return Kind.UNDONE;
    } else if (percent < 94) {
      return Kind.FAILED;
    }
    return Kind.LEFT_TO_THE_POOL;
  }
}
