package io.tenantpool.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Requests of a hundred tenants, one after the other, on which the order of victims was chosen. */
enum EvictionTraces {

  /** Independent requests, the first tenants most often; exponent 0.9. */
  ZIPF(true) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      return independent(random, length, cumulated(rank -> Math.pow(rank + 1, -0.9)));
    }
  },

  /**
   * Independent requests: 20 hot tenants have 80 % of them, 30 warm ones 15 %, 50 cold ones 5 %.
   */
  WORKSPACES(true) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      return independent(random, length, workspaces());
    }
  },

  /** Independent requests of anybody. */
  UNIFORM(true) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      return independent(random, length, cumulated(rank -> 1));
    }
  },

  /** The workspaces, and every thousand requests others are the hot ones. */
  SHIFTING(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      return shifting(random, length, 1000);
    }
  },

  /** The same every three hundred requests. */
  SHIFTING_FAST(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      return shifting(random, length, 300);
    }
  },

  /** Every twenty requests two tenants change their places among the workspaces. */
  DRIFTING(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      double[] tenants = workspaces();
      int[] who = shuffled(random);
      int[] requests = new int[length];
      for (int i = 0; i < length; i++) {
        if (i % 20 == 0) {
          swap(who, random.nextInt(TENANTS), random.nextInt(TENANTS));
        }
        requests[i] = who[drawn(random, tenants)];
      }
      return requests;
    }
  },

  /** Zipf, and every five hundred requests one of each tenant. */
  SCANS(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      int[] requests = ZIPF.requests(random, length);
      for (int i = 0; i < length; i++) {
        requests[i] = i % 500 < TENANTS ? i % 500 : requests[i];
      }
      return requests;
    }
  },

  /** Somebody goes through all tenants, over and over, beside ten that work. */
  SCAN_BESIDE_TEN(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      int[] requests = new int[length];
      int next = 0;
      for (int i = 0; i < length; i++) {
        boolean scans = random.nextInt(9) == 0;
        requests[i] = scans ? next++ % TENANTS : random.nextInt(10);
      }
      return requests;
    }
  },

  /** Sixty tenants in turn. */
  LOOP(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      int[] requests = new int[length];
      Arrays.setAll(requests, i -> i % 60);
      return requests;
    }
  },

  /** Sixteen people, each of whom works with one tenant for some thirty requests. */
  SESSIONS(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      double[] tenants = cumulated(rank -> Math.pow(rank + 1, -0.9));
      int[] people = new int[16];
      Arrays.setAll(people, i -> drawn(random, tenants));
      int[] requests = new int[length];
      for (int i = 0; i < length; i++) {
        int one = random.nextInt(people.length);
        people[one] = random.nextInt(30) == 0 ? drawn(random, tenants) : people[one];
        requests[i] = people[one];
      }
      return requests;
    }
  },

  /** Zipf, and every hundred requests thirty of some tenant among those that come next. */
  BURSTS(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      int[] requests = ZIPF.requests(random, length);
      int tenant = 0;
      int left = 0;
      for (int i = 0; i < length; i++) {
        if (i % 100 == 0) {
          tenant = random.nextInt(TENANTS);
          left = 30;
        }
        if (left > 0 && random.nextBoolean()) {
          left--;
          requests[i] = tenant;
        }
      }
      return requests;
    }
  },

  /**
   * The more tenants came since a tenant's last request, the rarer its next: LRU is the optimum.
   */
  RECENCY(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      List<Integer> stack = new ArrayList<>();
      for (int tenant : shuffled(random)) {
        stack.add(tenant);
      }
      int[] requests = new int[length];
      for (int i = 0; i < length; i++) {
        int depth = TENANTS;
        while (depth >= TENANTS) {
          depth = (int) (-Math.log(1 - random.nextDouble()) * 15);
        }
        int tenant = stack.remove(depth);
        stack.add(0, tenant);
        requests[i] = tenant;
      }
      return requests;
    }
  },

  /** Each of some others for fifteen hundred requests. */
  PHASES(false) {
    @Override
    int[] requests(SplittableRandom random, int length) {
      EvictionTraces[] phases = {ZIPF, RECENCY, SCAN_BESIDE_TEN, SHIFTING};
      int[] requests = new int[length];
      for (int from = 0; from < length; from += 1500) {
        int part = Math.min(1500, length - from);
        int[] phase = phases[from / 1500 % phases.length].requests(random.split(), part);
        System.arraycopy(phase, 0, requests, from, part);
      }
      return requests;
    }
  };

  static final int TENANTS = 100;

  private final boolean stationary;

  EvictionTraces(boolean stationary) {
    this.stationary = stationary;
  }

  /** Whether the requests are independent of each other, and of the time. */
  boolean isStationary() {
    return stationary;
  }

  /** Tenants by number. */
  abstract int[] requests(SplittableRandom random, int length);

  private static int[] independent(SplittableRandom random, int length, double[] tenants) {
    int[] requests = new int[length];
    Arrays.setAll(requests, i -> drawn(random, tenants));
    return requests;
  }

  private static int[] shifting(SplittableRandom random, int length, int every) {
    double[] tenants = workspaces();
    int[] who = shuffled(random);
    int[] requests = new int[length];
    for (int i = 0; i < length; i++) {
      who = i % every == 0 ? shuffled(random) : who;
      requests[i] = who[drawn(random, tenants)];
    }
    return requests;
  }

  private static double[] workspaces() {
    return cumulated(rank -> rank < 20 ? 0.8 / 20 : rank < 50 ? 0.15 / 30 : 0.05 / 50);
  }

  /** The integral of a distribution over the tenants. */
  private static double[] cumulated(DoubleUnaryOperator weight) {
    double[] sums = new double[TENANTS];
    double sum = 0;
    for (int i = 0; i < TENANTS; i++) {
      sum += weight.applyAsDouble(i);
      sums[i] = sum;
    }
    for (int i = 0; i < TENANTS; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  private static int drawn(SplittableRandom random, double[] cumulated) {
    int found = Arrays.binarySearch(cumulated, random.nextDouble());
    return Math.min(TENANTS - 1, found < 0 ? -found - 1 : found);
  }

  private static int[] shuffled(SplittableRandom random) {
    int[] all = new int[TENANTS];
    Arrays.setAll(all, i -> i);
    for (int i = TENANTS - 1; i > 0; i--) {
      swap(all, i, random.nextInt(i + 1));
    }
    return all;
  }

  private static void swap(int[] all, int one, int other) {
    int before = all[one];
    all[one] = all[other];
    all[other] = before;
  }
}
