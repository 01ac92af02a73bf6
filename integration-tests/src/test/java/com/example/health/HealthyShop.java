package com.example.health;

import java.util.Map;
import java.util.Scanner;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has one HikariCP, which Spring Boot makes from properties, and Spring Boot's health endpoint. It
 * prints {@code port} and the port of its web server, and ends with its input, or with {@code q}.
 * Arguments: URL, user, password.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class HealthyShop {

  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(HealthyShop.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of(
            "server.port",
            0,
            "server.address",
            "127.0.0.1",
            "management.endpoints.web.exposure.include",
            "health",
            "spring.datasource.url",
            arguments[0],
            "spring.datasource.username",
            arguments[1],
            "spring.datasource.password",
            arguments[2],
            "spring.datasource.hikari.maximum-pool-size",
            3,
            "spring.datasource.hikari.connection-timeout",
            1000));
    try (ConfigurableApplicationContext context = application.run();
        Scanner in = new Scanner(System.in)) {
      context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class);
      System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
      while (in.hasNextLine() && !in.nextLine().equals("q")) {
        // Works until it is told to end.
      }
    }
    System.out.println("done");
  }
}
