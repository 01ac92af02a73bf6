package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/**
 * What the application holds instead of an object of the driver. Its classes are generated, one for
 * each class of the driver, by {@link ProxyWriter}: they have the driver's interfaces, and extend
 * the driver's class where it {@linkplain SuperClass can be extended}, hand every call to their
 * {@link Wrapper}, by the number that the method has among those of the class, and know how to make
 * the same call on the driver's object. A {@link java.lang.reflect.Proxy} does the same by
 * reflection, which takes longer, and longer to begin with ({@code docs/decisions.md}).
 *
 * <p>Public, because the classes live in another loader, which sees this and {@link Wrapper} of the
 * agent. Names that no driver has.
 */
public interface JdbcProxy {

  /** What is behind {@code object}; null when that is no proxy of ours. */
  static @Nullable Wrapper wrapperOf(@Nullable Object object) {
    return object instanceof JdbcProxy proxy ? proxy.tenantPoolWrapper() : null;
  }

  /** What is behind it; null for one that nobody holds. */
  @Nullable Wrapper tenantPoolWrapper();

  /** Another one of this class, with {@code behind} behind it. */
  JdbcProxy tenantPoolNew(Wrapper behind);

  /**
   * Calls a method of the driver's object.
   *
   * @throws Throwable what the driver throws
   */
  @Nullable Object tenantPoolCall(
      int method, Object driverObject, @Nullable Object @Nullable [] arguments) throws Throwable;
}
