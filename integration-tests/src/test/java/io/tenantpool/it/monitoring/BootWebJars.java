package io.tenantpool.it.monitoring;

import io.tenantpool.it.frameworks.Jars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars of a Spring Boot application with a web server, the actuator and Spring's JDBC. */
final class BootWebJars {

  private BootWebJars() {}

  /** Those, and all whose file name begins with one of {@code more}. */
  static List<Path> and(String... more) {
    List<Path> all =
        new ArrayList<>(
            Jars.named(
                "spring-boot-4",
                "spring-boot-actuator-",
                "spring-boot-autoconfigure-",
                "spring-boot-micrometer-",
                "spring-boot-http-converter-",
                "spring-boot-jackson-",
                "spring-boot-servlet-",
                "spring-boot-tomcat-",
                "spring-boot-web",
                "spring-boot-health-",
                "spring-aop-",
                "spring-beans-",
                "spring-context-",
                "spring-core-",
                "spring-expression-",
                "spring-jdbc-",
                "spring-tx-",
                "spring-web",
                "tomcat-embed-",
                "jackson-",
                "jakarta.annotation-api-",
                "micrometer-",
                "prometheus-metrics-",
                "HdrHistogram-",
                "commons-logging-",
                "slf4j-",
                "jspecify-",
                "postgresql-"));
    all.addAll(Jars.named(more));
    return all;
  }
}
