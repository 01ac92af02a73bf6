package io.tenantpool.it.outages;

import io.tenantpool.it.support.FaultProxy;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that goes through one outage after the other, through each in all ways at once;
 * each way has a proxy of its own, and so a server of its own. One JVM for all of them: it is warm
 * after the first, and what is seen then is not how it starts. Knows nothing of the agent, but for
 * the beans that it reads in the end. Arguments: the outages, separated by commas, the server's
 * host and port, user, password, and the tenants' databases.
 */
final class OutageProgram {

  private static final int FIRST_DATABASE = 5;
  private static final int WARM_UP_TRIES = 10;
  private static final long BEFORE_MILLIS = 700;
  private static final long LASTS_MILLIS = 3_000;
  private static final long AFTERWARDS_MILLIS = 1_500;

  private OutageProgram() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[2]);
    List<String> databases = Arrays.asList(arguments).subList(FIRST_DATABASE, arguments.length);
    warmUp(arguments);
    ExecutorService threads = Executors.newCachedThreadPool();
    for (String name : arguments[0].split(",")) {
      Outage outage = Outage.valueOf(name);
      List<Future<Sight>> sights = start(outage, arguments, port, databases, threads);
      for (Way way : Way.values()) {
        System.out.println(name + "\t" + way + "\t" + sights.get(way.ordinal()).get().line());
      }
    }
    System.exit(0);
  }

  private static List<Future<Sight>> start(
      Outage outage,
      String[] arguments,
      int port,
      List<String> databases,
      ExecutorService threads) {
    return Arrays.stream(Way.values())
        .map(
            way ->
                threads.submit(
                    () -> {
                      try (FaultProxy proxy = FaultProxy.before(arguments[1], port);
                          Load load = new Load(way, proxy, databases, arguments[3], arguments[4])) {
                        return go(load, outage, new InetSocketAddress(arguments[1], port));
                      }
                    }))
        .toList();
  }

  /** The first connect of a JVM takes its time, which is not what is looked at here. */
  private static void warmUp(String[] arguments) throws InterruptedException, SQLException {
    String url =
        "jdbc:postgresql://" + arguments[1] + ":" + arguments[2] + "/" + arguments[FIRST_DATABASE];
    SQLException last = null;
    for (int i = 0; i < WARM_UP_TRIES; i++) {
      try (Connection connection = DriverManager.getConnection(url, arguments[3], arguments[4])) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        last = e;
        Thread.sleep(100);
      }
    }
    throw last == null ? new SQLException("no connection is valid") : last;
  }

  private static Sight go(Load load, Outage outage, InetSocketAddress server) throws Exception {
    load.begin();
    pause(BEFORE_MILLIS);
    Hiccups hiccups = Hiccups.watched(server);
    load.meet(outage);
    pause(LASTS_MILLIS);
    long backMillis = load.recover();
    pause(AFTERWARDS_MILLIS);
    load.stop();
    long hiccupMillis = hiccups.longestMillis();
    return load.sight(backMillis, load.hold(), hiccupMillis);
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
