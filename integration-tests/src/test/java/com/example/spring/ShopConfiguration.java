package com.example.spring;

import com.example.tenants.Tenants;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** What the shop is made of. */
@Configuration
@EnableTransactionManagement
public class ShopConfiguration {

  @Bean
  TenantRouting dataSource(Tenants tenants) {
    return new TenantRouting(tenants);
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  JdbcTemplate jdbcTemplate(DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean
  Journal journal(JdbcTemplate jdbc) {
    return new Journal(jdbc);
  }

  @Bean
  Orders orders(JdbcTemplate jdbc, Journal journal) {
    return new Orders(jdbc, journal);
  }
}
