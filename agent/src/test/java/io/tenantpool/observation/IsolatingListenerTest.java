package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.config.NotPooled;
import io.tenantpool.connection.Pin;
import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.RefusalCause;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IsolatingListenerTest {

  private final List<String> told = new ArrayList<>();
  private final Faults faults = Upkeep.faults(told);

  private static PoolListener listener(InvocationHandler handler) {
    return (PoolListener)
        Proxy.newProxyInstance(
            PoolListener.class.getClassLoader(), new Class<?>[] {PoolListener.class}, handler);
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return "acme";
    } else if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == Exception.class) {
      return new Exception("x");
    } else if (type == EvictionCause.class) {
      return EvictionCause.IDLE;
    } else if (type == CircuitState.class) {
      return CircuitState.OPEN;
    } else if (type == SQLException.class) {
      return new SQLException("x");
    } else if (type == Pin.class) {
      return Pin.BATCH;
    } else if (type == RefusalCause.class) {
      return RefusalCause.LINE_FULL;
    } else if (type == boolean.class) {
      return true;
    } else if (type == StackTraceElement.class) {
      return new StackTraceElement("com.acme.Dao", "load", "Dao.java", 42);
    } else if (type == Holder.class) {
      return new Holder("acme", 1, 1, "main", null);
    } else if (type == BorrowSamples.class) {
      return new Samples("db:5432", "acme", 1, 1, 0);
    } else if (type == Unpooled.class) {
      return new Unpooled(NotPooled.EXCLUDED, "db:5432", "here", "why");
    }
    throw new AssertionError("no argument of " + type);
  }

  @Test
  void everyEventReachesTheNextListenerThoughTheFirstFails() throws Exception {
    List<String> heard = new ArrayList<>();
    PoolListener failing =
        listener(
            (proxy, method, arguments) -> {
              throw new LinkageError("broken");
            });
    PoolListener second =
        listener(
            (proxy, method, arguments) -> {
              heard.add(method.getName() + Arrays.toString(arguments));
              return null;
            });
    PoolListener both = new IsolatingListener(List.of(failing, second), faults);
    List<String> sent = new ArrayList<>();
    for (Method event : PoolListener.class.getMethods()) {
      if (event.getReturnType() != void.class) {
        continue;
      }
      Object[] arguments =
          Arrays.stream(event.getParameterTypes()).map(IsolatingListenerTest::argument).toArray();
      event.invoke(both, arguments);
      sent.add(event.getName() + Arrays.toString(arguments));
    }
    assertEquals(sent, heard);
    assertEquals(sent.size(), faults.count());
    assertEquals(sent.size(), told.size());
  }

  @Test
  void aFailureIsToldOncePerKindAndCountedEachTime() {
    PoolListener failing =
        listener(
            (proxy, method, arguments) -> {
              throw new IllegalStateException("broken");
            });
    PoolListener isolated = new IsolatingListener(List.of(failing), faults);
    for (int i = 0; i < 100; i++) {
      isolated.serverAdded("db:5432");
    }
    assertEquals(1, told.size());
    assertEquals(100, faults.count());
  }

  @Test
  void aLogThatFailsTooDoesNotFailTheBorrow() {
    Faults mute = new Faults(System.err);
    mute.tellTo(
        fault -> {
          throw new StackOverflowError("no log");
        });
    mute.report(FaultKind.OBSERVATION, "kind", new IllegalStateException("broken"));
    assertEquals(1, mute.count());
  }
}
