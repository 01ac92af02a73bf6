package io.tenantpool.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Behind the proxy that the application holds instead of an object of the driver. */
interface Wrapper extends InvocationHandler {

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
      if (arg instanceof Proxy && Proxy.getInvocationHandler(arg) instanceof Wrapper wrapper) {
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
