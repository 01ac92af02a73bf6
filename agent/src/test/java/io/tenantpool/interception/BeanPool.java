package io.tenantpool.interception;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** A data source of a library that the tests do not compile against; its class is a bean. */
final class BeanPool implements AutoCloseable {

  private static final Map<Class<?>, Class<?>> PRIMITIVES =
      Map.of(Boolean.class, boolean.class, Integer.class, int.class, Long.class, long.class);

  private final DataSource pool;

  BeanPool(ClassLoader loader, String type) throws ReflectiveOperationException {
    this.pool = (DataSource) loader.loadClass(type).getDeclaredConstructor().newInstance();
  }

  /** Sets a property whose type is the primitive or the class of {@code value}. */
  BeanPool with(String property, Object value) throws ReflectiveOperationException {
    return with(property, PRIMITIVES.getOrDefault(value.getClass(), value.getClass()), value);
  }

  BeanPool with(String property, Class<?> type, Object value) throws ReflectiveOperationException {
    String setter = "set" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
    Method method = pool.getClass().getMethod(setter, type);
    method.invoke(pool, value);
    return this;
  }

  DataSource dataSource() {
    return pool;
  }

  Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void close() throws ReflectiveOperationException {
    pool.getClass().getMethod("close").invoke(pool);
  }
}
