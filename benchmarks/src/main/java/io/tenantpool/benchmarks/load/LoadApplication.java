package io.tenantpool.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Scanner;
import java.util.random.RandomGenerator;

/**
 * An application with many tenants. Each line on its standard input is a round: the milliseconds
 * and a seed. It answers each with a line of {@link Figures}, says on its standard error what
 * failed first, and ends with its input.
 *
 * <p>Arguments: {@link AccessKind}, URL with {@code {tenant}}, timeout in milliseconds, tenants,
 * budget, threads, {@link Trace}, {@link UnitOfWork}, arrivals per second (0: a closed loop).
 */
public final class LoadApplication {

  private LoadApplication() {}

  public static void main(String[] args) throws InterruptedException {
    Tenants tenants = new Tenants(args[1], Long.parseLong(args[2]));
    int count = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[5]);
    TenantChoice choice = Trace.of(args[6]).among(count);
    UnitOfWork work = UnitOfWork.of(args[7]);
    double perSecond = Double.parseDouble(args[8]);
    try (Access access = AccessKind.valueOf(args[0]).open(tenants, Integer.parseInt(args[4]));
        Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (in.hasNextLong()) {
        long nanos = in.nextLong() * 1_000_000;
        long seed = in.nextLong();
        Workers workers =
            new Workers(
                threads,
                tenants.timeoutMillis(),
                (tenant, random) -> unit(access, work, tenant, random));
        long start = System.nanoTime();
        Arrival arrival =
            perSecond > 0
                ? new OpenLoop(start, nanos, perSecond, seed)
                : new ClosedLoop(start, nanos);
        System.out.println(workers.run(choice, arrival, start, seed).toLine());
        Throwable failure = workers.firstFailure();
        if (failure != null) {
          System.err.println(failure);
        }
      }
    }
  }

  private static void unit(Access access, UnitOfWork work, int tenant, RandomGenerator random)
      throws SQLException {
    access.use(tenant, connection -> work.run(connection, Tenants.database(tenant), random));
  }
}
