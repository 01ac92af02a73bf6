package io.tenantpool.connection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of one driver class are wrapped: a proxy class with every public interface of
 * that class, which extends it {@linkplain SuperClass where that can be}, and what each of its
 * methods needs. Made once per driver class.
 */
final class WrapperType {

  private static final WrapperType VALUE =
      new WrapperType(ObjectKind.VALUE, Object.class, List.of(), null, false);
  private static final WrapperType STREAM =
      new WrapperType(ObjectKind.STREAM, Object.class, List.of(), null, false);

  private final ObjectKind kind;
  private final Class<?> driverClass;
  private final List<ProxyMethod> methods;

  /** By the number of the method; null until it is called for the first time. */
  private final @Nullable Call[] calls;

  private final @Nullable JdbcProxy first;
  private final boolean endsWithDriver;

  private WrapperType(
      ObjectKind kind,
      Class<?> driverClass,
      List<ProxyMethod> methods,
      @Nullable JdbcProxy first,
      boolean endsWithDriver) {
    this.kind = kind;
    this.driverClass = driverClass;
    this.methods = methods;
    this.calls = new Call[methods.size()];
    this.first = first;
    this.endsWithDriver = endsWithDriver;
  }

  static WrapperType of(Class<?> driverClass, ProxyLoader loader) {
    ObjectKind kind = ObjectKind.of(driverClass);
    switch (kind) {
      case VALUE:
        return VALUE;
      case STREAM:
        return STREAM;
      default:
        List<Class<?>> interfaces =
            interfacesOf(driverClass).stream().filter(loader::sees).toList();
        return of(kind, driverClass, interfaces, loader);
    }
  }

  private static WrapperType of(
      ObjectKind kind, Class<?> driverClass, List<Class<?>> interfaces, ProxyLoader loader) {
    SuperClass superClass = SuperClass.of(driverClass, loader);
    if (superClass != SuperClass.NONE) {
      try {
        return of(kind, driverClass, superClass, interfaces, loader);
      } catch (LinkageError | IllegalStateException e) {
        // The JVM does not take it, as it may not what another agent makes of the driver's class.
        return of(kind, driverClass, SuperClass.NONE, interfaces, loader);
      }
    }
    return of(kind, driverClass, superClass, interfaces, loader);
  }

  private static WrapperType of(
      ObjectKind kind,
      Class<?> driverClass,
      SuperClass superClass,
      List<Class<?>> interfaces,
      ProxyLoader loader) {
    List<ProxyMethod> methods = ProxyMethod.of(interfaces, superClass);
    return new WrapperType(
        kind,
        driverClass,
        methods,
        loader.define(driverClass, superClass.type(), interfaces, methods),
        driverClass.getClassLoader() == loader.getParent());
  }

  /** Every interface that code outside the driver can name. */
  static Set<Class<?>> interfacesOf(Class<?> driverClass) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> type = driverClass; type != null; type = type.getSuperclass()) {
      addInterfaces(type, found);
    }
    return found;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
    for (Class<?> each : type.getInterfaces()) {
      if (ProxyMethod.isPublic(each)) {
        found.add(each);
      }
      addInterfaces(each, found);
    }
  }

  ObjectKind kind() {
    return kind;
  }

  /** The driver's class. */
  Class<?> driverClass() {
    return driverClass;
  }

  /** Whether it is in the driver's own loader, so that what else is there may refer to it. */
  boolean endsWithDriver() {
    return endsWithDriver;
  }

  /** What is known of the method of that number. */
  Call call(int number) {
    Call call = calls[number];
    return call == null ? learn(number) : call;
  }

  /** Two threads may learn the same; a call is immutable. */
  private Call learn(int number) {
    Call call = new Call(kind, methods.get(number), number, someProxy());
    calls[number] = call;
    return call;
  }

  /** A new proxy whose calls all go to {@code wrapper}. */
  Object newProxy(Wrapper wrapper) {
    return someProxy().tenantPoolNew(wrapper);
  }

  private JdbcProxy someProxy() {
    if (first == null) {
      throw new IllegalStateException(kind + " is not wrapped by a proxy");
    }
    return first;
  }
}
