package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generated proxy hands on every method of every interface, whatever its types. */
class ProxyWriterTest {

  /** Every type that the Java virtual machine knows, there and back. */
  public interface AllTypes extends ResultSet {
    boolean mix(boolean a, byte b, char c, short d, int e, long f, float g, double h, String i);

    double widths(long a, double b, int c, long d);

    char letter(char letter);

    byte[] bytes(byte[] bytes);

    String[][] table(String[][] table, int[] sizes);

    default int inherited(int value) {
      return -value;
    }
  }

  /** A class that only code of this package can name. */
  static final class Hidden {}

  /** An interface that others can name, and one of whose types they cannot. */
  public interface TakesHidden extends Statement {
    String take(Hidden hidden);
  }

  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          boolean.class,
          true,
          byte.class,
          (byte) 3,
          char.class,
          'x',
          short.class,
          (short) 5,
          int.class,
          1_000_007,
          long.class,
          11L << 40,
          float.class,
          1.5f,
          double.class,
          2.25,
          String.class,
          "text");

  private final ProxyLoader loader = new ProxyLoader(getClass().getClassLoader());

  private @Nullable Method called;
  private @Nullable Object @Nullable [] arguments;
  private @Nullable Throwable failure;

  private static @Nullable Object sample(Class<?> type) {
    if (type.isArray()) {
      return java.lang.reflect.Array.newInstance(type.getComponentType(), 1);
    }
    return SAMPLES.get(type);
  }

  /** A driver's object that notes what it is asked, and answers with a sample. */
  private Object driverObject(Class<?> type) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {type},
        (self, method, args) -> {
          called = method;
          arguments = args;
          if (failure != null) {
            throw failure;
          }
          return sample(method.getReturnType());
        });
  }

  /** Hands every call on to the driver's object; notes how the calls came. */
  private final class HandOn implements Wrapper {
    private final WrapperType type;
    private final Object raw;
    private final boolean letsThrough;
    private final List<String> steps = new ArrayList<>();

    HandOn(Class<?> what, boolean letsThrough) {
      this.raw = ProxyWriterTest.this.driverObject(what);
      this.type = WrapperType.of(raw.getClass(), loader);
      this.letsThrough = letsThrough;
    }

    Object proxy() {
      return type.newProxy(this);
    }

    @Override
    public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args)
        throws Throwable {
      steps.add("invoke");
      return type.call(method).invoke(raw, args);
    }

    @Override
    public @Nullable Object enter() {
      steps.add("enter");
      return letsThrough ? raw : null;
    }

    @Override
    public void leave() {
      steps.add("leave");
    }

    @Override
    public void leaveFailed(Throwable thrown) {
      steps.add("failed");
    }

    @Override
    public PoolSide poolSide() {
      return PoolSide.OF_OTHERS;
    }

    @Override
    public @Nullable Object driverObject(Object session) {
      return raw;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Connection.class,
        Statement.class,
        PreparedStatement.class,
        CallableStatement.class,
        ResultSet.class,
        DatabaseMetaData.class,
        ResultSetMetaData.class,
        ParameterMetaData.class,
        Array.class,
        Blob.class,
        Clob.class,
        SQLXML.class,
        AllTypes.class
      })
  void everyMethodReachesTheDriverAndItsResultTheCaller(Class<?> type) throws Exception {
    for (boolean letsThrough : new boolean[] {true, false}) {
      HandOn wrapper = new HandOn(type, letsThrough);
      Object proxy = wrapper.proxy();
      int straight = 0;
      for (Method method : type.getMethods()) {
        if (Modifier.isStatic(method.getModifiers())) {
          continue;
        }
        wrapper.steps.clear();
        called = null;
        Object[] given = new Object[method.getParameterCount()];
        for (int i = 0; i < given.length; i++) {
          given[i] = sample(method.getParameterTypes()[i]);
        }
        Object result = method.invoke(proxy, given);
        assertEquals(signature(method), signature(called), "what was called");
        assertArrayEquals(given, arguments == null ? new Object[0] : arguments, method::toString);
        assertSameValue(sample(method.getReturnType()), result, method);
        if (wrapper.steps.equals(List.of("enter", "leave"))) {
          straight++;
        } else {
          assertEquals("invoke", wrapper.steps.get(wrapper.steps.size() - 1), method::toString);
        }
      }
      assertEquals(
          ResultSet.class.isAssignableFrom(type) && letsThrough,
          straight > 100,
          () -> "only what reads rows goes straight");
    }
  }

  private static void assertSameValue(
      @Nullable Object expected, @Nullable Object actual, Method method) {
    if (method.getReturnType().isArray()) {
      assertSame(method.getReturnType(), actual == null ? null : actual.getClass());
    } else {
      assertEquals(expected, actual, method::toString);
    }
  }

  private static String signature(@Nullable Method method) {
    return method == null
        ? "nothing"
        : method.getName() + List.of(method.getParameterTypes()) + method.getReturnType();
  }

  @Test
  void argumentsKeepTheirPlaces() {
    for (boolean letsThrough : new boolean[] {true, false}) {
      AllTypes proxy = (AllTypes) new HandOn(AllTypes.class, letsThrough).proxy();
      assertTrue(proxy.mix(false, (byte) 1, 'b', (short) 2, 3, 4, 5, 6, "seven"));
      assertArrayEquals(
          new Object[] {false, (byte) 1, 'b', (short) 2, 3, 4L, 5f, 6d, "seven"}, arguments);
      assertEquals(2.25, proxy.widths(1, 2, 3, 4));
      assertArrayEquals(new Object[] {1L, 2d, 3, 4L}, arguments);
    }
  }

  @Test
  void whatTheDriverThrowsIsThrownAsItIs() {
    HandOn wrapper = new HandOn(ResultSet.class, true);
    ResultSet rows = (ResultSet) wrapper.proxy();
    failure = new SQLException("broken pipe", "08006");
    assertSame(failure, assertThrows(SQLException.class, () -> rows.getInt(1)));
    assertEquals(List.of("enter", "failed"), wrapper.steps);
    wrapper.steps.clear();
    assertSame(failure, assertThrows(SQLException.class, () -> rows.getObject(1)));
    assertEquals(List.of("invoke"), wrapper.steps);
    failure = new StackOverflowError("deep");
    assertSame(failure, assertThrows(StackOverflowError.class, rows::next));
  }

  /** A driver's implementation in which a type cannot be named from outside. */
  @Test
  void aMethodWithATypeOfTheDriversOwnIsCalledByReflection() throws Exception {
    Hidden hidden = new Hidden();
    HandOn wrapper = new HandOn(TakesHidden.class, true);
    Method take = TakesHidden.class.getMethod("take", Hidden.class);
    assertEquals("text", take.invoke(wrapper.proxy(), hidden));
    assertSame(hidden, arguments == null ? null : arguments[0]);
    failure = new IllegalStateException("not now");
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> take.invoke(wrapper.proxy(), hidden));
    assertSame(failure, thrown.getCause());
  }

  @Test
  void classesOfOneNameAreToldApart() {
    List<Class<?>> interfaces = List.of(Statement.class);
    List<ProxyMethod> methods = ProxyMethod.of(interfaces, SuperClass.NONE);
    JdbcProxy first = loader.define(Statement.class, Object.class, interfaces, methods);
    JdbcProxy second = loader.define(Statement.class, Object.class, interfaces, methods);
    assertNotEquals(first.getClass(), second.getClass());
    assertTrue(second.getClass().getName().startsWith(first.getClass().getName()));
    assertEquals(CodeOwner.AGENT, CodeOwner.of(first.getClass().getName()));
  }

  @Test
  void ofTheAgentTheProxysLoaderShowsTwoTypes() throws Exception {
    ProxyLoader ofTheJdk = new ProxyLoader(ClassLoader.getPlatformClassLoader());
    for (Class<?> shown : List.of(JdbcProxy.class, Wrapper.class)) {
      assertSame(shown, loader.loadClass(shown.getName()));
      assertSame(shown, ofTheJdk.loadClass(shown.getName()));
    }
    assertThrows(
        ClassNotFoundException.class, () -> ofTheJdk.loadClass(WrapperType.class.getName()));
    assertFalse(ofTheJdk.sees(TakesHidden.class));
  }
}
