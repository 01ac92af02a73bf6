package com.example.webshop;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** Opens the tenants' pools when the application comes and closes them when it goes. */
public final class Pools implements ServletContextListener {

  static final String ATTRIBUTE = "pools";

  private final List<HikariDataSource> pools = new ArrayList<>();

  /** For the container. */
  public Pools() {}

  @Override
  @SuppressWarnings("MustBeClosedChecker") // They live as long as the application.
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    for (String url : context.getInitParameter("urls").split(" ", -1)) {
      HikariDataSource pool = new HikariDataSource();
      pool.setDriverClassName("org.postgresql.Driver");
      pool.setJdbcUrl(url);
      pool.setUsername(context.getInitParameter("user"));
      pool.setPassword(context.getInitParameter("password"));
      pools.add(pool);
    }
    context.setAttribute(ATTRIBUTE, pools);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    pools.forEach(HikariDataSource::close);
    Enumeration<Driver> drivers = DriverManager.getDrivers();
    while (drivers.hasMoreElements()) {
      Driver driver = drivers.nextElement();
      if (driver.getClass().getClassLoader() == Pools.class.getClassLoader()) {
        deregister(driver);
      }
    }
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
