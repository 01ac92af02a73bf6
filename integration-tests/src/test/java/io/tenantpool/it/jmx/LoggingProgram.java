package io.tenantpool.it.jmx;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * An application that names its log manager in {@code main}, opens a connection, and sets logging
 * up when it is told to. Arguments: URL, user, password.
 */
final class LoggingProgram {

  private LoggingProgram() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    try (Connection connection =
        DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
      connection.isValid(5);
    }
    System.out.println("ready");
    System.in.read();
    LogManager manager = LogManager.getLogManager();
    System.out.println("manager " + manager.getClass().getName());
    Logger root = manager.getLogger("");
    for (Handler handler : root.getHandlers()) {
      System.out.println("default handler " + handler.getClass().getName());
      root.removeHandler(handler);
    }
    root.addHandler(new OnStandardOutput());
    Logger.getLogger("shop").info("sold");
    System.out.println("done");
    System.in.read();
  }

  private static final class OnStandardOutput extends Handler {
    @Override
    public void publish(LogRecord line) {
      System.out.println("logged " + line.getLoggerName() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
