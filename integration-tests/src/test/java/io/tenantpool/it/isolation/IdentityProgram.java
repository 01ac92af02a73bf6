package io.tenantpool.it.isolation;

import io.tenantpool.it.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * An application that opens a connection for each line on its standard input, asks who it is, and
 * prints the answer. Knows nothing of the agent. A line is {@code keep} or {@code close}, the name
 * of a copy of the driver or {@code shared}, the URL and properties, all separated by tabs.
 */
final class IdentityProgram {

  private final Map<String, Driver> copies = new HashMap<>();
  private final List<Connection> kept = new ArrayList<>();

  private IdentityProgram() {}

  public static void main(String[] arguments) throws IOException {
    IdentityProgram program = new IdentityProgram();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(program.answer(line.split("\t", -1)));
      }
    }
  }

  private String answer(String[] words) {
    try {
      Connection connection = open(words);
      if (words[0].equals("keep")) {
        kept.add(connection);
        return identity(connection);
      }
      try (connection) {
        return identity(connection);
      }
    } catch (SQLException e) {
      return "failed\t" + e.getSQLState() + "\t" + e.getMessage();
    } catch (ReflectiveOperationException | IOException e) {
      return "failed\tnone\t" + e;
    }
  }

  private Connection open(String[] words)
      throws SQLException, ReflectiveOperationException, IOException {
    Properties properties = new Properties();
    for (int i = 3; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      properties.setProperty(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    if (words[1].equals("shared")) {
      return DriverManager.getConnection(words[2], properties);
    }
    Driver copy = copies.get(words[1]);
    if (copy == null) {
      copy = copyOfDriver();
      copies.put(words[1], copy);
    }
    return copy.connect(words[2], properties);
  }

  private static Driver copyOfDriver() throws ReflectiveOperationException, IOException {
    URL[] jar = {ChildJvm.driverJar().toUri().toURL()};
    ClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
    return (Driver)
        loader.loadClass("org.postgresql.Driver").getDeclaredConstructor().newInstance();
  }

  private String identity(Connection connection) throws SQLException, ReflectiveOperationException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_backend_pid(), current_database(), session_user, current_user,"
                    + " current_setting('application_name'), current_setting('work_mem')")) {
      row.next();
      return "session\t"
          + row.getInt(1)
          + "\t"
          + row.getString(2)
          + " "
          + row.getString(3)
          + " "
          + row.getString(4)
          + " '"
          + row.getString(5)
          + "' "
          + row.getString(6)
          + " "
          + (sendsUntypedStrings(connection) ? "unspecified" : "varchar")
          + " "
          + copyOf(connection);
    }
  }

  /** The driver property stringtype, by its effect. */
  private static boolean sendsUntypedStrings(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 5 = ?")) {
      statement.setString(1, "5");
      statement.executeQuery().close();
      return true;
    } catch (SQLException e) {
      if (!"42883".equals(e.getSQLState())) {
        throw e;
      }
      return false;
    }
  }

  /** Whose interfaces the connection has: those of which copy of the driver. */
  private String copyOf(Connection connection) throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    if (connection instanceof PGConnection) {
      names.add("shared");
    }
    for (Map.Entry<String, Driver> copy : copies.entrySet()) {
      ClassLoader loader = copy.getValue().getClass().getClassLoader();
      if (loader.loadClass(PGConnection.class.getName()).isInstance(connection)) {
        names.add(copy.getKey());
      }
    }
    return names.toString();
  }
}
