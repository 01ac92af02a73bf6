package io.tenantpool.benchmarks;

import io.tenantpool.benchmarks.load.Trace;
import io.tenantpool.benchmarks.load.UnitOfWork;
import io.tenantpool.benchmarks.way.Way;
import io.tenantpool.benchmarks.way.Ways;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured: words of the form {@code name=value,value}, each of which replaces a default.
 * {@code matrix=small} (the default) has one load, closed and open; {@code matrix=star} changes one
 * parameter at a time; {@code matrix=cross} has every combination.
 */
final class Matrix {

  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("tenants", "100"),
          Map.entry("trace", "workspaces"),
          Map.entry("budget", "20"),
          Map.entry("threads", "16"),
          Map.entry("loop", "closed,open"),
          Map.entry("rate", "200"),
          Map.entry("work", "transaction"),
          Map.entry("rounds", "3"),
          Map.entry("seconds", "3"),
          Map.entry("warm-up", "2"),
          Map.entry("timeout", "5000"),
          Map.entry("ways", "all"),
          Map.entry("seed", "1"));

  /** The first of each is the middle of the star. */
  private static final Map<String, String> LARGE =
      Map.of(
          "tenants", "100,10,1000",
          "trace", "workspaces,uniform,zipf,bursts,shifting,scan",
          "budget", "20,50,90",
          "threads", "16,1,8,32,64",
          "seconds", "5");

  private final Map<String, String> values = new LinkedHashMap<>(SMALL);
  private final boolean star;

  private Matrix(Map<String, String> given) {
    String shape = given.getOrDefault("matrix", "small");
    if (!List.of("small", "star", "cross").contains(shape)) {
      throw new IllegalArgumentException("no matrix " + shape);
    }
    if (!shape.equals("small")) {
      values.putAll(LARGE);
    }
    star = shape.equals("star");
    given.forEach(
        (name, value) -> {
          if (!name.equals("matrix") && values.put(name, value) == null) {
            throw new IllegalArgumentException("no parameter " + name);
          }
        });
  }

  /** Of arguments, in each of which there may be several words. */
  static Matrix of(String... arguments) {
    return new Matrix(
        Arrays.stream(arguments)
            .flatMap(argument -> Stream.of(argument.split("\\s+", -1)))
            .filter(word -> !word.isEmpty())
            .map(word -> word.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0],
                    pair -> pair.length == 2 ? pair[1] : "",
                    (first, second) -> second)));
  }

  List<Cell> cells() {
    Set<Cell> cells = new LinkedHashSet<>();
    List<Integer> tenants = list("tenants", Integer::valueOf);
    List<Trace> traces = list("trace", Trace::of);
    List<Integer> budgets = list("budget", Integer::valueOf);
    List<Integer> threads = list("threads", Integer::valueOf);
    for (double rate : rates()) {
      for (UnitOfWork work : list("work", UnitOfWork::of)) {
        List<Cell> cross = new ArrayList<>();
        for (int tenantCount : tenants) {
          for (Trace trace : traces) {
            for (int budget : budgets) {
              for (int threadCount : threads) {
                cross.add(new Cell(tenantCount, trace, rate, work, budget, threadCount, timing()));
              }
            }
          }
        }
        Cell middle = cross.get(0);
        cross.stream().filter(cell -> !star || differences(cell, middle) <= 1).forEach(cells::add);
      }
    }
    return List.copyOf(cells);
  }

  private static long differences(Cell cell, Cell middle) {
    return Stream.of(
            cell.tenants() != middle.tenants(),
            cell.trace() != middle.trace(),
            cell.budget() != middle.budget(),
            cell.threads() != middle.threads())
        .filter(differs -> differs)
        .count();
  }

  /** 0 stands for the closed loop. */
  private List<Double> rates() {
    List<Double> rates = new ArrayList<>();
    for (String loop : list("loop", Function.identity())) {
      switch (loop) {
        case "closed" -> rates.add(0.0);
        case "open" -> rates.addAll(list("rate", Double::valueOf));
        default -> throw new IllegalArgumentException("no loop " + loop);
      }
    }
    return rates;
  }

  private Cell.Timing timing() {
    return new Cell.Timing(
        Double.parseDouble(value("seconds")),
        Double.parseDouble(value("warm-up")),
        Long.parseLong(value("timeout")));
  }

  List<Way> ways() {
    return value("ways").equals("all") ? Ways.ALL : list("ways", Ways::of);
  }

  int rounds() {
    return Integer.parseInt(value("rounds"));
  }

  long seed() {
    return Long.parseLong(value("seed"));
  }

  private String value(String name) {
    return values.getOrDefault(name, "");
  }

  private <T> List<T> list(String name, Function<String, T> parse) {
    return Stream.of(value(name).split(",", -1)).map(parse).toList();
  }
}
