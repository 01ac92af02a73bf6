package com.example.springboot;

import com.example.tenants.Tenants;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Has Spring Boot make the data source of the first tenant from properties; the other tenants get
 * pools of the same kind. Arguments: those of {@link Tenants}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BootShop {

  /** Read by no one else than the pools' own sessions: they set it when they are made. */
  static final String SET_UP = "SET shop.opened_by TO 'spring boot'";

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    SpringApplication application = new SpringApplication(BootShop.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setDefaultProperties(
        Map.of(
            "spring.datasource.url", tenants.url(0),
            "spring.datasource.username", tenants.user(),
            "spring.datasource.password", tenants.password(),
            "spring.datasource.hikari.maximum-pool-size", 10,
            "spring.datasource.hikari.connection-init-sql", SET_UP));
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("tenants", tenants));
    try (ConfigurableApplicationContext context = application.run()) {
      context.getBean(Stock.class).work();
    }
  }

  @Bean
  Stock stock(Tenants tenants, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    return new Stock(tenants, jdbc, transactions);
  }
}
