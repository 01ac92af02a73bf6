package io.tenantpool.benchmarks.micro;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of this package with 1, 2 and 8 threads. Arguments: those of JMH. */
public final class Micro {

  private static final List<Integer> THREADS = List.of(1, 2, 8);

  private Micro() {}

  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(args))
            .include(BorrowBenchmark.class.getName());
    for (int threads : THREADS) {
      new Runner(options.threads(threads).build()).run();
    }
  }
}
