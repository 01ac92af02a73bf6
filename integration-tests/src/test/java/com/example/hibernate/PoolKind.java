package com.example.hibernate;

import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.hikaricp.internal.HikariCPConnectionProvider;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** The pool that Hibernate gets its connections from. */
enum PoolKind {

  /** What Hibernate has built in. */
  DRIVER_MANAGER {
    @Override
    ConnectionProvider open(Map<String, Object> settings, ServiceRegistryImplementor registry) {
      DriverManagerConnectionProvider provider = new DriverManagerConnectionProvider();
      Map<String, Object> all = new HashMap<>(settings);
      all.put("hibernate.connection.pool_size", "10");
      all.put("hibernate.connection.initial_pool_size", "5");
      all.put("hibernate.connection.min_pool_size", "5");
      provider.injectServices(registry);
      provider.configure(all);
      return provider;
    }
  },

  /** HikariCP through Hibernate's own module for it. */
  HIKARI {
    @Override
    ConnectionProvider open(Map<String, Object> settings, ServiceRegistryImplementor registry) {
      HikariCPConnectionProvider provider = new HikariCPConnectionProvider();
      Map<String, Object> all = new HashMap<>(settings);
      all.put("hibernate.hikari.maximumPoolSize", "10");
      provider.configure(all);
      return provider;
    }
  };

  abstract ConnectionProvider open(
      Map<String, Object> settings, ServiceRegistryImplementor registry);
}
