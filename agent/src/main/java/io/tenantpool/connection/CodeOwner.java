package io.tenantpool.connection;

import java.util.HashMap;
import java.util.Map;
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
      "com.jolbox.bonecp",
      "com.mchange",
      "com.zaxxer.hikari",
      "io.agroal",
      "org.apache.commons.dbcp",
      "org.apache.commons.dbcp2",
      "org.apache.commons.pool",
      "org.apache.commons.pool2",
      "org.apache.tomcat",
      "org.jboss",
      "org.vibur",
      "com.ibm.ws",
      "com.sun.enterprise",
      "com.sun.gjc",
      "fish.payara",
      "io.openliberty",
      "org.glassfish",
      "org.wildfly",
      "brave",
      "com.p6spy",
      "io.micrometer",
      "io.opentelemetry",
      "net.bull.javamelody",
      "net.sf.log4jdbc",
      "net.ttddyy.dsproxy",
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

  private static final Map<String, CodeOwner> PACKAGES = new HashMap<>();

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

  private final String[] packages;

  CodeOwner(String... packages) {
    this.packages = packages;
  }

  /** The owner of the longest package that is named here and holds the class. */
  static CodeOwner of(String className) {
    if (isGenerated(className)) {
      return GENERATED;
    }
    for (int end = className.lastIndexOf('.'); end > 0; end = className.lastIndexOf('.', end - 1)) {
      @Nullable CodeOwner owner = PACKAGES.get(className.substring(0, end));
      if (owner != null) {
        return owner;
      }
    }
    return APPLICATION;
  }

  private static boolean isGenerated(String className) {
    boolean mayBe = className.indexOf('$') >= 0 || className.indexOf('_') >= 0;
    return mayBe && GENERATED_NAME.matcher(className).find();
  }
}
