package io.tenantpool.connection;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Where the proxy classes of one driver live: a child of the driver's loader, so that they see its
 * interfaces and are not among its own classes. Of the agent it shows them what they are and what
 * is behind them.
 */
final class ProxyLoader extends ClassLoader {

  /** Their names begin like the agent's own, so that a stack trace says whose they are. */
  private static final String PREFIX = JdbcProxy.class.getPackageName() + ".proxy.";

  ProxyLoader(ClassLoader driver) {
    super("tenant-pool-wrappers", driver);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(JdbcProxy.class.getName())) {
      return JdbcProxy.class;
    }
    return name.equals(Wrapper.class.getName()) ? Wrapper.class : super.loadClass(name, resolve);
  }

  /**
   * Makes a class that looks like {@code driverClass}; one that nobody holds, to make others.
   *
   * @throws LinkageError when the JVM does not take it
   */
  JdbcProxy define(
      Class<?> driverClass,
      Class<?> superClass,
      List<Class<?>> interfaces,
      List<ProxyMethod> methods) {
    Class<?> defined =
        defineNext(
            PREFIX + driverClass.getName().replace('/', '_'), superClass, interfaces, methods);
    try {
      return (JdbcProxy) defined.getConstructor(Wrapper.class).newInstance((Object) null);
    } catch (InvocationTargetException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Under another name when it is taken: by a thread that was faster, or by another loader's. */
  private synchronized Class<?> defineNext(
      String wanted, Class<?> superClass, List<Class<?>> interfaces, List<ProxyMethod> methods) {
    String name = wanted;
    for (int i = 2; findLoadedClass(name) != null; i++) {
      name = wanted + "_" + i;
    }
    byte[] file = ProxyWriter.write(name, superClass, interfaces, methods);
    return defineClass(name, file, 0, file.length);
  }

  /** Whether the proxy classes see that very type under its name. */
  boolean sees(Class<?> type) {
    try {
      return Class.forName(type.getName(), false, this) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
