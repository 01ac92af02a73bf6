package io.tenantpool.connection;

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

  /** Where the proxy classes live. */
  private final ProxyLoader loader;

  private DriverTypes(Class<?> connectionClass) {
    ClassLoader driver = connectionClass.getClassLoader();
    loader = new ProxyLoader(driver == null ? ClassLoader.getPlatformClassLoader() : driver);
  }

  static DriverTypes of(Class<?> connectionClass) {
    return DRIVERS.get(connectionClass);
  }

  WrapperType of(Object driverObject) {
    return types.get(driverObject.getClass());
  }

  WrapperType ofClass(Class<?> driverClass) {
    return types.get(driverClass);
  }
}
