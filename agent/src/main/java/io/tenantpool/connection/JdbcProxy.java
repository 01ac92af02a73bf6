package io.tenantpool.connection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds instead of an object of the driver. Its subclasses are generated, one
 * for each class of the driver, by {@link ProxyWriter}: they have the driver's interfaces, hand
 * every call to their {@link Wrapper}, by the number that the method has among those of the class,
 * and know how to make the same call on the driver's object. A {@link java.lang.reflect.Proxy} does
 * the same by reflection, which takes longer, and longer to begin with ({@code docs/decisions.md}).
 *
 * <p>Public, and without types of the agent in its signatures, because the subclasses live in
 * another loader. Names that no interface of a driver has.
 */
public abstract class JdbcProxy {

  private final @Nullable Wrapper wrapper;

  /**
   * For subclasses.
   *
   * @param wrapper the {@link Wrapper} behind it; null for one that nobody holds
   */
  protected JdbcProxy(@Nullable Object wrapper) {
    this.wrapper = (Wrapper) wrapper;
  }

  /** What is behind {@code object}; null when that is no proxy of ours. */
  static @Nullable Wrapper wrapperOf(@Nullable Object object) {
    return object instanceof JdbcProxy proxy ? proxy.wrapper : null;
  }

  /** The application calls a method. */
  protected final @Nullable Object tenantPoolCalled(
      int method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return Objects.requireNonNull(wrapper).invoke(method, arguments);
  }

  /** See {@link Wrapper#enter}. */
  protected final @Nullable Object tenantPoolEnter() {
    return Objects.requireNonNull(wrapper).enter();
  }

  /** See {@link Wrapper#leave}. */
  protected final void tenantPoolLeave() {
    Objects.requireNonNull(wrapper).leave();
  }

  /** See {@link Wrapper#leaveFailed}; returns what it is given. */
  protected final Throwable tenantPoolFailed(Throwable thrown) {
    Objects.requireNonNull(wrapper).leaveFailed(thrown);
    return thrown;
  }

  /** Another one of this class, with this {@link Wrapper} behind it. */
  protected abstract JdbcProxy tenantPoolNew(Object behind);

  /**
   * Calls a method of the driver's object.
   *
   * @throws Throwable what the driver throws
   */
  protected abstract @Nullable Object tenantPoolCall(
      int method, Object driverObject, @Nullable Object @Nullable [] arguments) throws Throwable;
}
