package io.tenantpool.simulation;

import java.util.Map;

/** Runs the pool in one simulated world after the other, each decided by its seed. */
final class Simulation {

  private static final String SCENE = "io.tenantpool.pool.SimulatedPool";
  private static final long STEPS_OF_A_WORLD = 5_000;

  private final SimulatedClasses classes;
  private final Tally tally = new Tally();
  private long steps;
  private long worlds;
  private long fingerprint;

  /** Of the pool as it is, except for changed classes. */
  Simulation(Map<String, byte[]> changed) {
    classes = new SimulatedClasses(changed);
  }

  /** One world. */
  void run(long seed) {
    World world = new World(seed);
    Scene scene = classes.scene(SCENE);
    scene.begin(world, STEPS_OF_A_WORLD);
    try {
      world.run();
    } catch (BrokenInvariant e) {
      throw new AssertionError(report(seed, scene, e), e);
    } finally {
      steps += world.steps();
      worlds++;
      fingerprint = world.fingerprint();
      tally.add(scene.tally());
    }
  }

  private static String report(long seed, Scene scene, BrokenInvariant broken) {
    return "seed "
        + seed
        + ": "
        + broken.getMessage()
        + "\noptions: "
        + scene.options()
        + "\nagain: mvn -B test -pl bootstrap,agent -Dtest=SimulationTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.steps=1 -Dsimulation.seed="
        + seed
        + "\n"
        + broken.history();
  }

  /** In all worlds together. */
  long steps() {
    return steps;
  }

  long worlds() {
    return worlds;
  }

  /** Of the last world. */
  long fingerprint() {
    return fingerprint;
  }

  Tally tally() {
    return tally;
  }
}
