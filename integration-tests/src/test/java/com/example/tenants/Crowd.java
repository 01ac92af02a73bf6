package com.example.tenants;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some threads that do a number of tasks. */
public final class Crowd {

  private Crowd() {}

  /** Does tasks 0 to {@code tasks - 1}; the first failure is thrown when all are done. */
  public static void run(int threads, int tasks, Task task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        int number = i;
        all.add(
            () -> {
              task.run(number);
              return number;
            });
      }
      for (Future<Integer> done : executor.invokeAll(all)) {
        done.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  /** What is done under a number. */
  @FunctionalInterface
  public interface Task {
    void run(int number) throws Exception;
  }
}
