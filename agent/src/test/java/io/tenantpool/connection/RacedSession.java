package io.tenantpool.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One physical connection, which knows whose lease it is in: a call that carries another name, or
 * during which the lease changes hands, is a violation. It takes its time at random.
 */
final class RacedSession implements InvocationHandler {

  private static final String NOBODY = "nobody";

  private final Consumer<String> violations;
  private final Runnable called;
  private final PhysicalConnection physical;
  private volatile String holder = NOBODY;

  RacedSession(Consumer<String> violations, Runnable called) {
    this.violations = violations;
    this.called = called;
    this.physical = WithoutReset.of(stub(Connection.class));
  }

  PhysicalConnection physical() {
    return physical;
  }

  void lentTo(String name) {
    holder = name;
  }

  void back() {
    holder = NOBODY;
  }

  /** Now and then lets another thread go first. */
  static void hesitate(ThreadLocalRandom random) {
    switch (random.nextInt(6)) {
      case 0 -> Thread.yield();
      case 1 -> LockSupport.parkNanos(random.nextInt(50_000));
      case 2 -> Thread.onSpinWait();
      default -> {}
    }
  }

  private <T> T stub(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(RacedSession.class.getClassLoader(), new Class<?>[] {type}, this));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    String found = holder;
    hesitate(ThreadLocalRandom.current());
    called.run();
    boolean named = args != null && args.length == 1 && args[0] instanceof String;
    Object expected = args != null && named ? args[0] : found;
    if (!found.equals(expected) || !holder.equals(expected)) {
      violations.accept(
          method.getName() + " of " + expected + " met a session of " + found + ", " + holder);
    }
    return answer(proxy, method, args);
  }

  private @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    return switch (method.getName()) {
      case "createStatement" -> stub(Statement.class);
      case "executeQuery" -> stub(ResultSet.class);
      case "getAutoCommit" -> true;
      case "nativeSQL", "getSchema", "getCatalog" -> "text";
      case "getClientInfo" -> new Properties();
      case "getTypeMap" -> new HashMap<String, Class<?>>();
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> args != null && args[0] == proxy;
      case "toString" -> "session";
      default -> {
        Class<?> type = method.getReturnType();
        yield type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : null;
      }
    };
  }
}
