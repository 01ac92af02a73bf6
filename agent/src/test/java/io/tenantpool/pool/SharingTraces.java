package io.tenantpool.pool;

import io.tenantpool.pool.SharingSimulation.Client;
import io.tenantpool.pool.SharingSimulation.Unit;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** The loads on which the sharing of connections was chosen. */
enum SharingTraces {

  /** One tenant, and more threads than there are connections. */
  ONE_TENANT_ALONE(1) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 40, random -> 0);
    }
  },

  /** A hundred tenants, each unit of work anybody's. */
  UNIFORM(100) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 16, random -> random.nextInt(100));
    }
  },

  /** The same, the first ones most often. */
  ZIPF(100) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 16, random -> zipf(random, 100));
    }
  },

  /** People come, work with one tenant for some thirty units, with pauses, and go to another. */
  WORKSPACES(100) {
    @Override
    void fill(SharingSimulation simulation) {
      for (int i = 0; i < 60; i++) {
        int[] tenant = {-1};
        simulation.add(
            (random, now) -> {
              if (tenant[0] < 0 || random.nextInt(30) == 0) {
                tenant[0] = zipf(random, 100);
              }
              return unit(tenant[0], random.nextInt(40) * SharingSimulation.MILLI);
            });
      }
    }
  },

  /** Six threads of everybody's, and five times a second thirty requests of one tenant at once. */
  BURSTS(100) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 6, random -> random.nextInt(100));
      long period = 200 * SharingSimulation.MILLI;
      for (int i = 0; i < 30; i++) {
        simulation.add(
            (random, now) -> {
              long next = (now / period + 1) * period;
              return unit((int) (next / period * 37 % 100), next - now);
            });
      }
    }
  },

  /** One tenant with twenty threads; each of the others wants one connection every two seconds. */
  HOT_AMONG_SLEEPING(100) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 20, random -> 0);
      for (int i = 1; i < 100; i++) {
        int tenant = i;
        simulation.add(
            (random, now) -> unit(tenant, random.nextInt(4_000) * SharingSimulation.MILLI));
      }
    }
  },

  /** Somebody goes through all tenants, over and over, beside ten that work. */
  SCAN(100) {
    @Override
    void fill(SharingSimulation simulation) {
      int[] next = {0};
      IntSupplier scan = () -> next[0] = (next[0] + 1) % 100;
      simulation.add((random, now) -> unit(scan.getAsInt(), 0));
      many(simulation, 8, random -> random.nextInt(10));
    }
  },

  /** Ten tenants that want the same: five threads each. */
  EQUAL_DEMANDS(10) {
    @Override
    void fill(SharingSimulation simulation) {
      for (int i = 0; i < 50; i++) {
        int tenant = i % 10;
        many(simulation, 1, random -> tenant);
      }
    }
  },

  /** One tenant with forty threads; forty others come one after the other, and go. */
  GREEDY_BESIDE_MODEST(41) {
    @Override
    void fill(SharingSimulation simulation) {
      many(simulation, 40, random -> 0);
      for (int i = 1; i <= 40; i++) {
        int tenant = i;
        simulation.add(
            (random, now) -> unit(tenant, (20 + random.nextInt(200)) * SharingSimulation.MILLI));
      }
    }
  };

  private final int tenants;

  SharingTraces(int tenants) {
    this.tenants = tenants;
  }

  int tenants() {
    return tenants;
  }

  abstract void fill(SharingSimulation simulation);

  private interface Choice {
    int tenant(SplittableRandom random);
  }

  private static void many(SharingSimulation simulation, int threads, Choice choice) {
    Client client = (random, now) -> unit(choice.tenant(random), random.nextInt(500_000));
    for (int i = 0; i < threads; i++) {
      simulation.add(client);
    }
  }

  private static Unit unit(int tenant, long think) {
    return new Unit(tenant, think, SharingSimulation.MILLI / 4, SharingSimulation.MILLI);
  }

  /** By the inverse of the distribution's integral; exponent 0.9. */
  private static int zipf(SplittableRandom random, int most) {
    double exponent = 0.1;
    double all = Math.pow(most + 1, exponent) - 1;
    return (int) (Math.pow(1 + random.nextDouble() * all, 1 / exponent) - 1) % most;
  }
}
