package io.tenantpool.connection;

import org.jspecify.annotations.Nullable;

/** Behind the {@linkplain JdbcProxy proxy} that the application holds. */
public interface Wrapper {

  /**
   * The application calls the method of that number of the proxy's class; {@code arguments} are
   * null when it has none, as those of a {@link java.lang.reflect.Proxy}.
   *
   * @throws Throwable what the application is to see
   */
  @Nullable Object invoke(int method, @Nullable Object @Nullable [] arguments) throws Throwable;

  /**
   * The application calls a {@linkplain ProxyMethod#isPlain() plain} method: the driver's object,
   * which the proxy calls by itself before it {@linkplain #leave leaves} or {@linkplain
   * #leaveFailed fails}; null, and then there is nothing to leave, when the call is for {@link
   * #invoke}.
   */
  @Nullable Object enter();

  /** The plain method has returned. */
  void leave();

  /** The plain method has thrown that. */
  void leaveFailed(Throwable thrown);

  /** That of the connection; {@link PoolSide#OF_OTHERS} when it is something else. */
  PoolSide poolSide();

  /**
   * The driver's object, for an argument of a call of {@code session}; null when that call is to
   * get the proxy.
   */
  @Nullable Object driverObject(Object session);

  /** Gives the driver its own objects back, in a call of {@code session}. */
  static void toDriver(Object session, @Nullable Object[] args) {
    for (int i = 0; i < args.length; i++) {
      Object arg = args[i];
      Wrapper wrapper = JdbcProxy.wrapperOf(arg);
      if (wrapper != null) {
        Object own = wrapper.driverObject(session);
        args[i] = own == null ? arg : own;
      } else if (arg instanceof Object[] elements && elements.getClass() == Object[].class) {
        // The application's array is not ours to change.
        @Nullable Object[] copy = elements.clone();
        toDriver(session, copy);
        args[i] = copy;
      }
    }
  }
}
