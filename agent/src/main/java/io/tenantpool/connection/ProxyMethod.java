package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;

/**
 * A method that a proxy has.
 *
 * @param owner the interface or class through which it is called
 * @param descriptor of its parameters and result, as a class file has it
 */
record ProxyMethod(Class<?> owner, Method method, String descriptor) {

  private static final Set<Class<?>> PLAIN_TYPES =
      Set.of(
          String.class,
          BigDecimal.class,
          Date.class,
          Time.class,
          Timestamp.class,
          Calendar.class,
          URL.class,
          byte[].class);

  /**
   * Those of objects, then those of all {@code interfaces}, then those of the class that a proxy
   * extends; of equal ones the first.
   */
  static List<ProxyMethod> of(Iterable<Class<?>> interfaces, SuperClass superClass) {
    Map<String, ProxyMethod> found = new HashMap<>();
    List<ProxyMethod> inOrder = new ArrayList<>();
    try {
      add(Object.class, Object.class.getMethod("hashCode"), found, inOrder);
      add(Object.class, Object.class.getMethod("equals", Object.class), found, inOrder);
      add(Object.class, Object.class.getMethod("toString"), found, inOrder);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
    for (Class<?> owner : interfaces) {
      for (Method method : owner.getMethods()) {
        if (!Modifier.isStatic(method.getModifiers())) {
          add(owner, method, found, inOrder);
        }
      }
    }
    for (Method method : superClass.methods()) {
      add(superClass.type(), method, found, inOrder);
    }
    return inOrder;
  }

  private static void add(
      Class<?> owner, Method method, Map<String, ProxyMethod> found, List<ProxyMethod> inOrder) {
    ProxyMethod proxied = new ProxyMethod(owner, method, Type.getMethodDescriptor(method));
    if (found.putIfAbsent(method.getName() + proxied.descriptor(), proxied) == null) {
      inOrder.add(proxied);
    }
  }

  /**
   * Whether it needs nothing but the driver's object: it is a result set's, what it takes and
   * returns cannot lead to the session, and nobody has to remember that it was called. Rows are
   * read by such methods, so they are called more often than all others together.
   */
  boolean isPlain() {
    if (!ResultSet.class.isAssignableFrom(owner)
        || !isPublic()
        || !isPlain(method.getReturnType())
        || Call.ofOther(method) != Call.Way.FORWARD) {
      return false;
    }
    for (Class<?> type : method.getParameterTypes()) {
      if (!isPlain(type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(Class<?> type) {
    return type.isPrimitive() || PLAIN_TYPES.contains(type);
  }

  /** Whether it is for everybody, and not for the driver's package and subclasses alone. */
  boolean isPublic() {
    return Modifier.isPublic(method.getModifiers());
  }

  /** Whether code outside the driver can call it: name all types in its signature. */
  boolean isNameable() {
    if (!isPublic()) {
      return false;
    }
    for (Class<?> type : method.getParameterTypes()) {
      if (!isNameable(type)) {
        return false;
      }
    }
    return isNameable(method.getReturnType());
  }

  private static boolean isNameable(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive() || isPublic(element);
  }

  /** Whether code outside its package and module can name the type. */
  static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName());
  }
}
