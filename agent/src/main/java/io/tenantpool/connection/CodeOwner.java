package io.tenantpool.connection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose code a class is, by its name alone: in one class loader of an application server lie the
 * application, its libraries and the driver.
 */
enum CodeOwner {
  /** The agent, between the application and the driver. */
  AGENT(
      "io.tenantpool.bootstrap",
      "io.tenantpool.connection",
      "io.tenantpool.interception",
      "io.tenantpool.pool",
      "io.tenantpool.start"),
  DRIVER("org.postgresql", "com.edb", "org.mariadb", "com.mysql"),
  JDK("java", "javax", "jdk", "sun", "com.sun"),
  /**
   * What stands between an application and JDBC: application pools, what decorates a DataSource,
   * data access, and below the application the containers and runtimes that call it.
   */
  LIBRARY(
      "com.alibaba.druid",
      "com.atomikos",
      "cn.beecp",
      "com.jolbox.bonecp",
      "com.mchange",
      "com.zaxxer.hikari",
      "io.agroal",
      "oracle.ucp",
      "org.apache.commons.dbcp",
      "org.apache.commons.dbcp2",
      "org.apache.commons.pool",
      "org.apache.commons.pool2",
      "org.apache.tomcat",
      "org.jboss",
      "org.logicalcobwebs.proxool",
      "org.vibur",
      "snaq.db",
      "bitronix.tm",
      "com.arjuna",
      "com.bea",
      "com.ibm.ejs",
      "com.ibm.tx",
      "com.ibm.websphere",
      "com.ibm.ws",
      "com.sun.enterprise",
      "com.sun.gjc",
      "fish.payara",
      "io.helidon",
      "io.openliberty",
      "org.glassfish",
      "org.apache.geronimo",
      "org.apache.openejb",
      "org.apache.tomee",
      "org.ops4j.pax.jdbc",
      "org.wildfly",
      "weblogic",
      "brave",
      "com.github.gavlyukovskiy",
      "com.p6spy",
      "io.micrometer",
      "io.opentelemetry",
      "net.bull.javamelody",
      "net.sf.log4jdbc",
      "net.ttddyy",
      "org.apache.shardingsphere",
      "com.baomidou.mybatisplus",
      "com.querydsl",
      "io.ebean",
      "io.micronaut",
      "io.quarkus",
      "liquibase",
      "org.apache.commons.dbutils",
      "org.apache.ibatis",
      "org.apache.openjpa",
      "org.eclipse.persistence",
      "org.flywaydb",
      "org.hibernate",
      "org.jdbi",
      "org.jetbrains.exposed",
      "org.jooq",
      "org.mybatis",
      "org.quartz",
      "org.springframework",
      "org.sql2o",
      "scalikejdbc",
      "slick",
      "clojure",
      "groovy",
      "io.netty",
      "io.smallrye",
      "io.undertow",
      "jakarta",
      "kotlin",
      "kotlinx.coroutines",
      "net.bytebuddy",
      "net.sf.cglib",
      "org.apache.catalina",
      "org.apache.coyote",
      "org.apache.groovy",
      "org.aspectj",
      "org.codehaus.groovy",
      "org.eclipse.jetty",
      "reactor",
      "scala"),
  /** Made at run time, often in the package of what it stands for; it has no source. */
  GENERATED,
  /** All the rest; and examples that live in a library's name space. */
  APPLICATION("org.springframework.samples");

  private static final Map<String, CodeOwner> PACKAGES = new ConcurrentHashMap<>();

  /** A program that moves drivers around without end does not fill the memory. */
  private static final int MOST_PACKAGES = 1000;

  static {
    for (CodeOwner owner : values()) {
      for (String name : owner.packages) {
        PACKAGES.put(name, owner);
      }
    }
  }

  private static final Pattern GENERATED_NAME =
      Pattern.compile(
          "\\$Proxy\\d+$"
              + "|\\$\\$(?:SpringCGLIB|EnhancerBy|FastClassBy)"
              + "|\\$(?:ByteBuddy|HibernateProxy|HibernateAccessOptimizer)\\$"
              + "|_\\$\\$_(?:jvst|javassist|Weld)"
              + "|_(?:Subclass|ClientProxy)$");

  /** How the package of an application pool goes on, wherever a build has moved its beginning. */
  private static final List<String> MOVED_POOLS =
      List.of(
          "agroal.pool",
          "c3p0.impl",
          "commons.dbcp2",
          "commons.pool2",
          "druid.pool",
          "druid.proxy",
          "hikari.pool",
          "hikari.util",
          "mchange.v2",
          "tomcat.dbcp",
          "tomcat.jdbc",
          "vibur.dbcp",
          "zaxxer.hikari");

  private static volatile Set<String> namedPools = Set.of();

  private final String[] packages;

  CodeOwner(String... packages) {
    this.packages = packages;
  }

  /** From now on the classes of these names are taken for an application pool's, a library's. */
  static void namePools(Collection<String> classNames) {
    namedPools = Set.copyOf(classNames);
  }

  /** A copy of a driver lives in that package. */
  static void noteDriver(String name) {
    if (PACKAGES.size() < MOST_PACKAGES) {
      PACKAGES.putIfAbsent(name, DRIVER);
    }
  }

  /** The owner of the longest package that is named here and holds the class. */
  static CodeOwner of(String className) {
    if (isGenerated(className)) {
      return GENERATED;
    }
    @Nullable CodeOwner owner = ofPackage(className);
    if (owner != null) {
      return owner;
    }
    return isNamedPool(className) || isMovedPool(className) ? LIBRARY : APPLICATION;
  }

  private static @Nullable CodeOwner ofPackage(String name) {
    for (int end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
      @Nullable CodeOwner owner = PACKAGES.get(name.substring(0, end));
      if (owner != null) {
        return owner;
      }
    }
    return null;
  }

  private static boolean isNamedPool(String className) {
    for (String pool : namedPools) {
      if (className.startsWith(pool)
          && (className.length() == pool.length() || className.charAt(pool.length()) == '$')) {
        return true;
      }
    }
    return false;
  }

  /** Whether it belongs to a copy of an application pool in a package of somebody else's. */
  private static boolean isMovedPool(String className) {
    for (String pool : MOVED_POOLS) {
      int at = className.indexOf(pool);
      if (at > 0
          && className.charAt(at - 1) == '.'
          && className.charAt(at + pool.length()) == '.') {
        return true;
      }
    }
    return false;
  }

  private static boolean isGenerated(String className) {
    boolean mayBe = className.indexOf('$') >= 0 || className.indexOf('_') >= 0;
    return mayBe && GENERATED_NAME.matcher(className).find();
  }
}
