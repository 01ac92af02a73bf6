package io.tenantpool.it.pools;

import com.alibaba.druid.pool.DruidDataSource;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.log.MLog;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.tenantpool.it.pools.library.Agroal;
import io.tenantpool.it.pools.library.C3p0;
import io.tenantpool.it.pools.library.Dbcp2;
import io.tenantpool.it.pools.library.Druid;
import io.tenantpool.it.pools.library.Hikari;
import io.tenantpool.it.pools.library.PoolAdapter;
import io.tenantpool.it.pools.library.Tomcat;
import io.tenantpool.it.pools.library.TomcatWithCache;
import io.tenantpool.it.pools.library.Vibur;
import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.juli.logging.Log;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;
import org.vibur.dbcp.ViburDBCPDataSource;
import org.vibur.objectpool.PoolService;

/** The pool libraries that are tried, in the versions that the build names. */
public enum PoolLibrary {
  HIKARICP_3(Hikari.class, "hikaricp-3"),
  HIKARICP_4(Hikari.class, "hikaricp-4"),
  HIKARICP_5(Hikari.class, "hikaricp-5"),
  HIKARICP_6(Hikari.class, "hikaricp-6"),
  HIKARICP_7(Hikari.class, HikariDataSource.class),
  DBCP_2(Dbcp2.class, BasicDataSource.class, ObjectPool.class, LogFactory.class),
  TOMCAT_9(TomcatWithCache.class, "tomcat-9"),
  TOMCAT_10(TomcatWithCache.class, "tomcat-10"),
  TOMCAT_11(TomcatWithCache.class, org.apache.tomcat.jdbc.pool.DataSource.class, Log.class),
  TOMCAT_11_AS_IT_IS(Tomcat.class, org.apache.tomcat.jdbc.pool.DataSource.class, Log.class),
  C3P0(C3p0.class, ComboPooledDataSource.class, MLog.class),
  DRUID(Druid.class, DruidDataSource.class),
  AGROAL(Agroal.class, AgroalDataSource.class, io.agroal.pool.ConnectionPool.class),
  VIBUR(Vibur.class, ViburDBCPDataSource.class, PoolService.class, Caffeine.class);

  private static final int STATEMENT_CACHE = 20;

  private final Class<? extends PoolAdapter> adapter;
  private final List<Class<?>> onTheTestClassPath;
  private final String sideCopy;

  PoolLibrary(Class<? extends PoolAdapter> adapter, Class<?>... onTheTestClassPath) {
    this.adapter = adapter;
    this.onTheTestClassPath = List.of(onTheTestClassPath);
    this.sideCopy = "";
  }

  PoolLibrary(Class<? extends PoolAdapter> adapter, String sideCopy) {
    this.adapter = adapter;
    this.onTheTestClassPath = List.of();
    this.sideCopy = sideCopy;
  }

  /** The name of the adapter's class. */
  String adapter() {
    return adapter.getName();
  }

  /** How many statements each connection may cache under load. */
  int statementCache() {
    return STATEMENT_CACHE;
  }

  /** What a child needs on its class path besides the tests and the driver. */
  public Path[] classPath() {
    List<Path> jars = new ArrayList<>();
    jars.add(ChildJvm.pathOf(LoggerFactory.class));
    jars.add(ChildJvm.pathOf(NOPServiceProvider.class));
    onTheTestClassPath.forEach(type -> jars.add(ChildJvm.pathOf(type)));
    if (!sideCopy.isEmpty()) {
      jars.addAll(copied(sideCopy));
    }
    return jars.toArray(Path[]::new);
  }

  /** What writes a library's log to standard error; goes before {@link #classPath()}. */
  static Path[] loudLog() {
    return copied("slf4j-simple").toArray(Path[]::new);
  }

  private static List<Path> copied(String name) {
    String all = System.getProperty("test.pool.libraries", "target/pool-libraries");
    try (Stream<Path> files = Files.list(Path.of(all).resolve(name))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no side copy of " + name + "; maven makes it before the integration tests", e);
    }
  }
}
