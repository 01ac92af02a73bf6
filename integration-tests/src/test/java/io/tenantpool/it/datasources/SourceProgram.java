package io.tenantpool.it.datasources;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGPoolingDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/**
 * Holds as many connections as it gets of each kind of DataSource, one kind after another, each
 * told its place by its parts and by one URL. Arguments: host, port, database, user, password.
 * Prints one line for each: how many it held, and what was refused.
 */
final class SourceProgram {

  /** So many are asked for: more than the agent allows. */
  static final int WANTED = 4;

  private interface Source {
    Connection get() throws SQLException;
  }

  private final String[] place;

  private SourceProgram(String[] place) {
    this.place = place;
  }

  public static void main(String[] arguments) {
    new SourceProgram(arguments).all().forEach(SourceProgram::hold);
  }

  private String url() {
    return "jdbc:postgresql://" + place[0] + ":" + place[1] + "/" + place[2];
  }

  private Map<String, Source> all() {
    Map<String, Source> all = new LinkedHashMap<>();
    all.put("DriverManager", () -> DriverManager.getConnection(url(), place[3], place[4]));
    for (boolean byUrl : new boolean[] {false, true}) {
      String way = byUrl ? " by URL" : " by parts";
      all.put("PGSimpleDataSource" + way, told(new PGSimpleDataSource(), byUrl)::getConnection);
      PGConnectionPoolDataSource pooled = told(new PGConnectionPoolDataSource(), byUrl);
      all.put(
          "PGConnectionPoolDataSource" + way, () -> pooled.getPooledConnection().getConnection());
      all.put("PGPoolingDataSource" + way, pooling(byUrl)::getConnection);
      all.put("HikariCP over dataSource" + way, hikari(told(new PGSimpleDataSource(), byUrl)));
    }
    all.put("HikariCP by jdbcUrl", hikariByUrl());
    all.put("HikariCP by dataSourceClassName and url", hikariByClassName());
    return all;
  }

  private <S extends BaseDataSource> S told(S source, boolean byUrl) {
    if (byUrl) {
      source.setUrl(url());
    } else {
      source.setServerNames(new String[] {place[0]});
      source.setPortNumbers(new int[] {Integer.parseInt(place[1])});
      source.setDatabaseName(place[2]);
    }
    source.setUser(place[3]);
    source.setPassword(place[4]);
    return source;
  }

  @SuppressWarnings("deprecation")
  private PGPoolingDataSource pooling(boolean byUrl) {
    PGPoolingDataSource source = told(new PGPoolingDataSource(), byUrl);
    source.setDataSourceName("held " + byUrl);
    source.setMaxConnections(WANTED);
    return source;
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(WANTED);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private static Source hikari(PGSimpleDataSource source) {
    HikariConfig config = config();
    config.setDataSource(source);
    return lazily(config);
  }

  private Source hikariByUrl() {
    HikariConfig config = config();
    config.setJdbcUrl(url());
    config.setUsername(place[3]);
    config.setPassword(place[4]);
    return lazily(config);
  }

  private Source hikariByClassName() {
    HikariConfig config = config();
    config.setDataSourceClassName(PGSimpleDataSource.class.getName());
    config.addDataSourceProperty("url", url());
    config.addDataSourceProperty("user", place[3]);
    config.addDataSourceProperty("password", place[4]);
    return lazily(config);
  }

  /** A pool that is not asked yet must not stand in the way of the others. */
  private static Source lazily(HikariConfig config) {
    HikariDataSource[] made = new HikariDataSource[1];
    return () -> {
      if (made[0] == null) {
        made[0] = new HikariDataSource(config);
      }
      return made[0].getConnection();
    };
  }

  private static void hold(String way, Source source) {
    List<Connection> held = new ArrayList<>();
    String refused = "nothing";
    try {
      for (int i = 0; i < WANTED; i++) {
        Connection connection = source.get();
        try (Statement statement = connection.createStatement()) {
          statement.execute("SELECT 1");
          held.add(connection);
        } finally {
          if (!held.contains(connection)) {
            connection.close();
          }
        }
      }
    } catch (SQLException e) {
      refused = e.getSQLState();
    }
    System.out.println(way + ": " + held.size() + ", refused " + refused);
    held.forEach(SourceProgram::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
