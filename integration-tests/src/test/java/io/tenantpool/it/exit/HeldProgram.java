package io.tenantpool.it.exit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An application that does harm, and is then told to end. Knows nothing of the agent. Arguments:
 * the URL; {@code nothing}, {@code stderr} to hold the lock of standard error for ever, {@code
 * stack} to use JDBC at every depth of a stack that is nearly used up, {@code hook} to use JDBC in
 * a shutdown hook for the first time.
 */
final class HeldProgram {

  private static volatile boolean found;

  private HeldProgram() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    if (arguments[1].equals("hook")) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> System.out.println("the hook read " + ask(url))));
      System.exit(3);
    }
    System.out.println("read " + ask(url));
    switch (arguments[1]) {
      case "stderr" -> {
        Thread holder =
            new Thread(
                () -> {
                  synchronized (System.err) {
                    System.out.println("held");
                    while (true) {
                      try {
                        Thread.sleep(1_000_000);
                      } catch (InterruptedException e) {
                        // For ever.
                      }
                    }
                  }
                });
        holder.setDaemon(true);
        holder.start();
      }
      case "stack" -> {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
          found = false;
          Thread diver = new Thread(null, () -> dive(url), "diver", 512 << 10);
          diver.setDaemon(true);
          diver.start();
          diver.join(2_000);
        }
        System.out.println("held");
      }
      default -> System.out.println("held");
    }
    System.in.read();
  }

  @SuppressWarnings("InfiniteRecursion") // Until the stack ends.
  private static void dive(String url) {
    try {
      dive(url);
    } catch (StackOverflowError bottom) {
      // The bottom.
    }
    if (!found) {
      try {
        ask(url);
        found = true;
      } catch (StackOverflowError | IllegalStateException | LinkageError e) {
        // One frame more.
      }
    }
  }

  private static int ask(String url) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 42")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
