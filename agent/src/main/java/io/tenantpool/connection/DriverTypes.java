package io.tenantpool.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper types of one driver, that is of one connection class in one class loader.
 *
 * <p>Everything that is remembered here hangs on the driver's own classes ({@link ClassValue}), so
 * that it goes when they go: the agent holds no reference to a driver's class or loader.
 */
final class DriverTypes {

  private static final ClassValue<DriverTypes> DRIVERS =
      new ClassValue<>() {
        @Override
        protected DriverTypes computeValue(Class<?> connectionClass) {
          return new DriverTypes(connectionClass);
        }
      };

  private final ClassValue<WrapperType> types =
      new ClassValue<>() {
        @Override
        protected WrapperType computeValue(Class<?> driverClass) {
          return WrapperType.of(driverClass, loader);
        }
      };

  private volatile @Nullable WrapperType statements;
  private volatile @Nullable WrapperType preparedStatements;

  /** Where the proxy classes live. */
  private final ProxyLoader loader;

  private DriverTypes(Class<?> connectionClass) {
    ClassLoader driver = connectionClass.getClassLoader();
    loader = new ProxyLoader(driver == null ? ClassLoader.getPlatformClassLoader() : driver);
  }

  static DriverTypes of(Class<?> connectionClass) {
    return DRIVERS.get(connectionClass);
  }

  /** Looks what its statements are like. No round trip. */
  void learnStatements(Connection connection) throws SQLException {
    try (Statement plain = connection.createStatement();
        Statement prepared = connection.prepareStatement("SELECT 1")) {
      statements = ending(of(plain));
      preparedStatements = ending(of(prepared));
    }
  }

  /** Classes of other loaders might outlive the driver's. */
  private static @Nullable WrapperType ending(WrapperType type) {
    return type.endsWithDriver() ? type : null;
  }

  /** Of its plain statements; null when that is not known. */
  @Nullable WrapperType statements() {
    return statements;
  }

  /** Of its prepared statements; null when that is not known. */
  @Nullable WrapperType preparedStatements() {
    return preparedStatements;
  }

  WrapperType of(Object driverObject) {
    return types.get(driverObject.getClass());
  }

  WrapperType ofClass(Class<?> driverClass) {
    return types.get(driverClass);
  }
}
