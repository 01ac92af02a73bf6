package io.tenantpool.performance;

import io.tenantpool.config.Mode;
import io.tenantpool.config.ModeSwitch;
import io.tenantpool.config.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What {@code SELECT 1} costs on an open connection that is watched, and on a pooled one, beside
 * the driver's own. They take turns; the median of each turn counts.
 */
public final class ObserveFigures {

  private static final int WARM_UP = 30;
  private static final int ROUNDS = 30;
  private static final int CALLS = 3000;

  private ObserveFigures() {}

  /** Takes some fifteen seconds. */
  public static void main(String[] args) throws Throwable {
    ModeSwitch mode = new ModeSwitch(Mode.POOL);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        PooledDriver driver = new PooledDriver(Settings.defaults(), mode)) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      Connection plain = DriverManager.getConnection(url);
      Connection pooled = open(driver, url);
      mode.switchTo(Mode.OBSERVE);
      Connection watched = open(driver, url);
      compare(List.of(plain, watched, pooled));
      plain.close();
      watched.close();
      pooled.close();
    }
  }

  private static Connection open(PooledDriver driver, String url) throws Throwable {
    return driver.connect(url, new Properties());
  }

  private static void compare(List<Connection> connections) throws SQLException {
    List<long[]> rounds = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long[] medians = new long[connections.size()];
      for (int turn = 0; turn < medians.length; turn++) {
        int which = (round + turn) % medians.length;
        medians[which] = median(connections.get(which));
      }
      if (round >= WARM_UP) {
        rounds.add(medians);
      }
    }
    String[] names = {"driver", "observe", "pool"};
    for (int i = 0; i < names.length; i++) {
      int which = i;
      double[] ratios =
          rounds.stream().mapToDouble(m -> (double) m[which] / m[0]).sorted().toArray();
      long[] nanos = rounds.stream().mapToLong(m -> m[which]).sorted().toArray();
      System.out.printf(
          "%-8s %6.1f us, %.3f times the driver's (quartiles %.3f, %.3f)%n",
          names[i],
          nanos[ROUNDS / 2] / 1e3,
          ratios[ROUNDS / 2],
          ratios[ROUNDS / 4],
          ratios[3 * ROUNDS / 4]);
    }
  }

  private static long median(Connection connection) throws SQLException {
    long[] times = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT 1")) {
        result.next();
        result.getInt(1);
      }
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[CALLS / 2];
  }
}
