package io.tenantpool.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;

/**
 * The program: lets faults come at random for {@code soak.minutes}, draws what it sees into {@code
 * soak.picture}, and ends with a verdict, and with 1 when anything was wrong. {@code soak.seed}
 * repeats the faults of an earlier run.
 */
public final class Soak {

  private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int SAMPLES_PER_COLLECTION = 10;
  private static final int LONGEST_QUIET_MILLIS = 4_000;
  private static final int LONGEST_TROUBLE_MILLIS = 4_000;
  private static final int PATIENCE_MILLIS = 10_000;

  private final Stage stage;
  private final Random random;
  private final long beginNanos = System.nanoTime();
  private final long endNanos;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Picture.Mark> marks = new ArrayList<>();
  private final List<String> overTheCap = new ArrayList<>();
  private volatile boolean over;
  private long units;
  private double unitsSecond;
  private double heapMegabytes;

  private Soak(Stage stage, Duration length, long seed) {
    this.stage = stage;
    this.random = new Random(seed);
    this.endNanos = beginNanos + length.toNanos();
  }

  public static void main(String[] arguments) throws Exception {
    Duration length =
        Duration.ofSeconds(
            (long) (60 * Double.parseDouble(System.getProperty("soak.minutes", "30"))));
    long seed = seed();
    Path picture = Path.of(System.getProperty("soak.picture", "target/soak.svg"));
    System.out.println("soak.seed=" + seed + ", " + length.toSeconds() + " s");
    try (Stage stage = new Stage(length)) {
      Soak soak = new Soak(stage, length, seed);
      Verdict verdict = soak.run();
      String title =
          String.format(
              Locale.ROOT,
              "%d s, %d disturbances, %,d units of work, seed %d",
              length.toSeconds(),
              soak.marks.size(),
              soak.units,
              seed);
      Path directory = picture.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(picture, new Picture(soak.samples, soak.marks).draw(title));
      verdict.lines().forEach(System.out::println);
      System.out.println(verdict.isRight() ? "All is right." : "Not all is right.");
      System.out.println("picture: " + picture);
      if (!verdict.isRight()) {
        stage.application().err().stream().limit(200).forEach(System.err::println);
        throw new IllegalStateException("not all is right; soak.seed=" + seed);
      }
    }
  }

  private static long seed() {
    String given = System.getProperty("soak.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }

  private Verdict run() throws Exception {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
    Set<String> threadsBefore = stage.agent().ownThreads();
    stage.proxy().countAnew();
    Thread sampler = new Thread(this::watch, "sampler");
    sampler.setDaemon(true);
    sampler.start();
    while (System.nanoTime() - endNanos < 0) {
      pause(500 + random.nextInt(LONGEST_QUIET_MILLIS));
      disturb(Disturbance.values()[random.nextInt(Disturbance.values().length)]);
    }
    pause(PATIENCE_MILLIS / 2);
    over = true;
    sampler.join();
    return verdict(threadsBefore);
  }

  private void disturb(Disturbance what) throws Exception {
    int millis = random.nextInt(LONGEST_TROUBLE_MILLIS);
    double second = second();
    System.out.printf(Locale.ROOT, "%7.1f s  %s, %d ms%n", second, what, millis);
    synchronized (marks) {
      marks.add(new Picture.Mark(second, what));
    }
    try {
      what.happen(stage, random);
      pause(millis);
    } finally {
      stage.proxy().whenAllIsWell();
    }
  }

  private double second() {
    return (System.nanoTime() - beginNanos) / 1e9;
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void watch() {
    try {
      for (int number = 0; !over; number++) {
        samples.add(sample(number % SAMPLES_PER_COLLECTION == 0));
        LockSupport.parkNanos(SAMPLE_NANOS);
      }
    } catch (IOException | JMException e) {
      overTheCap.add("the application can no longer be asked: " + e);
    }
  }

  private Sample sample(boolean collect) throws IOException, JMException {
    if (collect) {
      heapMegabytes = stage.agent().heapMegabytes();
    }
    // What is allowed may be more afterwards than before, or less.
    int before = stage.allowed();
    int sockets = stage.proxy().mostAtOnce();
    stage.proxy().countAnew();
    int allowed = Math.max(before, stage.allowed());
    double second = second();
    if (sockets > allowed) {
      overTheCap.add(
          String.format(
              Locale.ROOT, "%d sockets, %d allowed, at %.1f s", sockets, allowed, second));
    }
    long unitsBefore = units;
    units = counted()[0];
    Sample sample =
        new Sample(
            second,
            sockets,
            allowed,
            stage.agent().number("Open"),
            stage.agent().number("Active"),
            heapMegabytes,
            stage.agent().threads(),
            (units - unitsBefore) / Math.max(0.1, second - unitsSecond));
    unitsSecond = second;
    return sample;
  }

  /** Units of work, those that failed, those that read what is not theirs. */
  private long[] counted() {
    stage.application().send("count");
    String[] words = stage.application().awaitLine("counted ").split(" ");
    return new long[] {
      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
    };
  }

  private Verdict verdict(Set<String> threadsBefore) throws Exception {
    stage.application().send("finish");
    String[] finished = stage.application().awaitLine("finished ").split(" ");
    long[] counted = counted();
    Verdict verdict = new Verdict();
    verdict.say(
        "units of work, and those of them that failed",
        counted[0] > counted[1],
        counted[0] + " and " + counted[1]);
    verdict.nothing("rows that are somebody else's, or sessions that are not fresh", counted[2]);
    verdict.nothing("sales missing or too many", Long.parseLong(finished[0]));
    verdict.nothing("threads of the application that hang", Long.parseLong(finished[1]));
    verdict.say("moments with more sockets than allowed", overTheCap.isEmpty(), overTheCap);
    verdict.nothing("connections lent in the end", untilNone("Active"));
    verdict.nothing("waiting in the end", untilNone("Waiting"));
    stage.application().send("hold " + stage.cap());
    int held = Integer.parseInt(stage.application().awaitLine("held "));
    verdict.say(
        "connections that can be held at once, of " + stage.cap(), held == stage.cap(), held);
    verdict.nothing("faults inside the agent", stage.agent().number("AgentFaults"));
    verdict.nothing("faults of its observation", stage.agent().number("ObservationFaults"));
    Set<String> dead = threadsBefore;
    dead.removeAll(stage.agent().ownThreads());
    verdict.say("threads of the agent that died", dead.isEmpty(), dead);
    verdict.level(samples);
    return verdict;
  }

  private int untilNone(String attribute) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    int seen = stage.agent().number(attribute);
    while (seen > 0 && System.nanoTime() - end < 0) {
      pause(20);
      seen = stage.agent().number(attribute);
    }
    return seen;
  }
}
