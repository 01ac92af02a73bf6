package io.tenantpool.it.cap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An application with one tenant, whose requests each hold a connection of its HikariCP and wait
 * for helper threads that need one of their own; afterwards it holds as many connections at once as
 * it can. Knows nothing of the agent. Arguments: the URL, the pool's size, how many requests, how
 * many to hold.
 *
 * <p>Whoever keeps a connection comes when the one before has got his: of many who come at once
 * HikariCP 7.1 forgets one now and then until a connection comes back, with or without the agent.
 */
final class SharesProgram {

  private static final int HELPERS = 3;

  /** Longer than HikariCP waits, so that what it says is what is told. */
  private static final int SECONDS_FOR_ALL = 40;

  private SharesProgram() {}

  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(Integer.parseInt(arguments[1]));
    config.setMinimumIdle(0);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      fork(pool, Integer.parseInt(arguments[2]));
      hold(pool, Integer.parseInt(arguments[3]));
    }
  }

  private static void fork(HikariDataSource pool, int requests) throws InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(requests);
    ExecutorService helpers = Executors.newFixedThreadPool(requests);
    CyclicBarrier all = new CyclicBarrier(requests);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      CountDownLatch came = new CountDownLatch(1);
      answers.add(
          callers.submit(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  connection.setAutoCommit(false);
                  ask(connection);
                  came.countDown();
                  all.await(SECONDS_FOR_ALL, TimeUnit.SECONDS);
                  for (Future<?> part : parts(pool, helpers)) {
                    part.get();
                  }
                  connection.commit();
                  return "committed";
                } finally {
                  came.countDown();
                }
              }));
      came.await();
    }
    int committed = 0;
    for (Future<String> answer : answers) {
      try {
        committed += answer.get().equals("committed") ? 1 : 0;
      } catch (ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
          cause = cause.getCause();
        }
        System.out.println("failed " + cause);
      }
    }
    System.out.println("committed " + committed);
    callers.shutdownNow();
    helpers.shutdownNow();
  }

  private static List<Future<?>> parts(HikariDataSource pool, ExecutorService helpers) {
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < HELPERS; i++) {
      parts.add(
          helpers.submit(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  ask(connection);
                }
                return null;
              }));
    }
    return parts;
  }

  private static void hold(HikariDataSource pool, int wanted) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(wanted);
    List<Thread> holders = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  connection.setAutoCommit(false);
                  ask(connection);
                  held.countDown();
                  held.await();
                  connection.rollback();
                } catch (SQLException e) {
                  System.out.println("not held " + e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.setDaemon(true);
      thread.start();
      holders.add(thread);
      while (thread.isAlive() && held.getCount() >= wanted - i) {
        thread.join(1);
      }
    }
    boolean all = held.await(20, TimeUnit.SECONDS);
    System.out.println("held " + (all ? wanted : wanted - held.getCount()));
    for (Thread holder : all ? holders : List.<Thread>of()) {
      holder.join();
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(0.02)");
    }
  }
}
