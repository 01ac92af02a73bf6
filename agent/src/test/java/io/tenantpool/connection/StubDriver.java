package io.tenantpool.connection;

import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose calls can be held up in the middle, and which is itself the pool: it notes every
 * call that it sees after its lease has ended, which there must not be.
 */
final class StubDriver implements LeaseSource {

  /** Holds up every call of one name. */
  static final class Block {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void awaitEntered() throws InterruptedException {
      if (!entered.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    }

    void release() {
      released.countDown();
    }

    private void pass() {
      entered.countDown();
      try {
        if (!released.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody released");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final Map<String, Block> blocks = new ConcurrentHashMap<>();
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<Boolean> reusableAtEnd = new CopyOnWriteArrayList<>();
  private volatile boolean leaseEnded;
  private volatile boolean closed;
  private @Nullable Runnable insideSetStream;

  Block block(String method) {
    Block block = new Block();
    blocks.put(method, block);
    return block;
  }

  void fail(String method, Throwable failure) {
    failures.put(method, failure);
  }

  /** What the driver does while it reads the stream given to a prepared statement. */
  void whileReadingStream(Runnable action) {
    insideSetStream = action;
  }

  List<String> calls() {
    return calls;
  }

  List<String> violations() {
    return violations;
  }

  int ends() {
    return reusableAtEnd.size();
  }

  boolean isClosed() {
    return closed;
  }

  Connection rawConnection() {
    return stub(Connection.class);
  }

  @Override
  public Lease acquire() throws SQLException {
    DriverConnection physical = DriverConnection.of(rawConnection());
    calls.clear();
    return new Lease() {
      @Override
      public PhysicalConnection physical() {
        return physical;
      }

      @Override
      public void end() {
        leaseEnded = true;
        reusableAtEnd.add(physical.isReusable());
      }

      @Override
      public void pinned(Pin cause, @Nullable StackTraceElement site) {
        calls.add(cause.name());
      }
    };
  }

  private <T> T stub(Class<T> type) {
    InvocationHandler handler = (proxy, method, args) -> call(method, args);
    return type.cast(
        Proxy.newProxyInstance(StubDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    String name = method.getName();
    check("entering", name);
    calls.add(name);
    Block block = blocks.get(name);
    if (block != null) {
      block.pass();
    }
    check("leaving", name);
    Throwable failure = failures.get(name);
    if (failure != null) {
      throw failure;
    }
    switch (name) {
      case "close":
        closed |= method.getDeclaringClass() != Statement.class;
        return null;
      case "abort":
        if (args != null && args[0] instanceof Executor executor) {
          executor.execute(() -> closed = true);
        }
        return null;
      case "isClosed":
        return closed;
      case "createStatement":
        return stub(Statement.class);
      case "getConnection":
        return rawConnection();
      case "prepareStatement":
        return stub(PreparedStatement.class);
      case "setBinaryStream":
        if (insideSetStream != null) {
          insideSetStream.run();
          check("leaving", name);
        }
        return null;
      default:
        return answer(method.getReturnType());
    }
  }

  private static @Nullable Object answer(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 7;
    }
    return type == InputStream.class ? InputStream.nullInputStream() : null;
  }

  private void check(String what, String name) {
    if (leaseEnded) {
      violations.add(what + " " + name + " after the lease");
    }
  }
}
