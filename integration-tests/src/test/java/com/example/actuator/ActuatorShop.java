package com.example.actuator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Asks the last tenant once, the one before it twice, and so on; keeps a connection of each. It
 * prints {@code port} and the port of its web server, closes the connections whose numbers it is
 * sent, and ends with its input, or with {@code q}. Arguments: URLs.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ActuatorShop {

  public static void main(String[] urls) throws SQLException {
    SpringApplication application = new SpringApplication(ActuatorShop.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of(
            "server.port", 0,
            "server.address", "127.0.0.1",
            "management.endpoints.web.exposure.include", "prometheus"));
    try (ConfigurableApplicationContext context = application.run()) {
      List<Connection> kept = new ArrayList<>();
      for (int tenant = 0; tenant < urls.length; tenant++) {
        DataSource dataSource = new DriverManagerDataSource(urls[tenant]);
        for (int times = tenant; times < urls.length; times++) {
          new JdbcTemplate(dataSource).queryForObject("SELECT 1", Integer.class);
        }
        kept.add(dataSource.getConnection());
      }
      System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
      try (Scanner in = new Scanner(System.in)) {
        while (in.hasNextInt()) {
          int tenant = in.nextInt();
          kept.get(tenant).close();
          System.out.println("closed " + tenant);
        }
      }
      for (Connection connection : kept) {
        connection.close();
      }
    }
    System.out.println("done");
  }
}
