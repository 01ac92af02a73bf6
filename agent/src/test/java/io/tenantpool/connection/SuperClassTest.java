package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.jdbc.PgConnection;

/** A proxy that extends the driver's class has nothing of it but the type. */
class SuperClassTest {

  /** Each class of the driver, and the one that its proxies extend. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("PgConnection", "PgConnection"),
          Map.entry("PgStatement", "PgStatement"),
          Map.entry("PgPreparedStatement", "PgStatement"),
          Map.entry("PgCallableStatement", "PgStatement"),
          Map.entry("PgResultSet", "PgResultSet"),
          Map.entry("PgResultSetMetaData", "PgResultSetMetaData"),
          Map.entry("PgParameterMetaData", "PgParameterMetaData"),
          Map.entry("PgDatabaseMetaData", "PgDatabaseMetaData"),
          Map.entry("PgArray", "PgArray"),
          Map.entry("PgSQLXML", "PgSQLXML"),
          Map.entry("PgBlob", "PgBlob"),
          Map.entry("PgClob", "PgClob"));

  private static final List<String> TYPES_OF_MARIADB =
      List.of(
          "Connection",
          "Statement",
          "ClientPreparedStatement",
          "ServerPreparedStatement",
          "FunctionStatement",
          "ProcedureStatement",
          "DatabaseMetaData",
          "client.result.CompleteResult",
          "client.result.StreamingResult",
          "client.result.UpdatableResult",
          "client.result.ResultSetMetaData");

  /** What stands for the driver's object, and notes what it is asked. */
  private static final class Recorder implements Wrapper {
    private final WrapperType type;
    private final List<String> called = new ArrayList<>();

    Recorder(WrapperType type) {
      this.type = type;
    }

    @Override
    public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args) {
      Method asked = type.call(method).method();
      called.add(signature(asked));
      return sample(asked.getReturnType());
    }

    @Override
    public @Nullable Object enter() {
      return null;
    }

    @Override
    public void leave() {}

    @Override
    public void leaveFailed(Throwable thrown) {}

    @Override
    public PoolSide poolSide() {
      return PoolSide.OF_OTHERS;
    }

    @Override
    public @Nullable Object driverObject(Object session) {
      return null;
    }
  }

  /** Hands every call on to {@code driverObject}, plain ones straight. */
  private record HandOn(WrapperType type, Object driverObject) implements Wrapper {

    @Override
    public @Nullable Object invoke(int method, @Nullable Object @Nullable [] args)
        throws Throwable {
      return type.call(method).invoke(driverObject, args);
    }

    @Override
    public Object enter() {
      return driverObject;
    }

    @Override
    public void leave() {}

    @Override
    public void leaveFailed(Throwable thrown) {}

    @Override
    public PoolSide poolSide() {
      return PoolSide.OF_OTHERS;
    }

    @Override
    public Object driverObject(Object session) {
      return driverObject;
    }
  }

  /** The methods that run on an object of {@code type}, of itself and of all that it inherits. */
  private static List<Method> instanceMethods(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      methods.addAll(Arrays.asList(each.getDeclaredMethods()));
    }
    methods.addAll(Arrays.asList(type.getMethods()));
    methods.removeIf(
        method ->
            Modifier.isStatic(method.getModifiers())
                || Modifier.isPrivate(method.getModifiers())
                || method.getDeclaringClass() == Object.class
                || method.getName().equals("finalize"));
    return methods;
  }

  private static @Nullable Object sample(Class<?> type) {
    return type.isPrimitive() && type != void.class
        ? Array.get(Array.newInstance(type, 1), 0)
        : null;
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes()) + method.getReturnType();
  }

  private static void call(Method method, Object target) throws ReflectiveOperationException {
    Object[] given = new Object[method.getParameterCount()];
    for (int i = 0; i < given.length; i++) {
      given[i] = sample(method.getParameterTypes()[i]);
    }
    method.setAccessible(true);
    method.invoke(target, given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void noMethodOfTheDriversClassRunsOnAProxyAndEachReachesTheDriversObject(String version)
      throws Exception {
    try (ExtensibleDriver driver = new ExtensibleDriver(version)) {
      ProxyLoader loader = new ProxyLoader(driver);
      for (Map.Entry<String, String> each : TYPES.entrySet()) {
        assertHandsOn(driver.type(each.getKey()), driver.type(each.getValue()), loader);
      }
    }
  }

  @Test
  void soWithTheDriverOfMariaDb() throws Exception {
    try (ExtensibleDriver driver = ExtensibleDriver.ofMariaDb()) {
      ProxyLoader loader = new ProxyLoader(driver);
      for (String each : TYPES_OF_MARIADB) {
        Class<?> type = driver.loadClass("org.mariadb.jdbc." + each);
        assertHandsOn(type, type, loader);
      }
    }
  }

  private static void assertHandsOn(Class<?> driverClass, Class<?> expected, ProxyLoader loader)
      throws ReflectiveOperationException {
    WrapperType type = WrapperType.of(driverClass, loader);
    Recorder recorder = new Recorder(type);
    Object driverObject = type.newProxy(recorder);
    Object proxy = type.newProxy(new HandOn(type, driverObject));
    assertSame(expected, proxy.getClass().getSuperclass());
    List<Method> methods = instanceMethods(expected);
    for (Method method : methods) {
      recorder.called.clear();
      call(method, proxy);
      assertEquals(List.of(signature(method)), recorder.called, method::toString);
    }
    assertTrue(methods.size() >= 12, () -> driverClass + " has " + methods.size());
  }

  @Test
  void aProxyIsNotFinalizedWhereTheDriversObjectIs() throws Exception {
    try (ExtensibleDriver driver = new ExtensibleDriver("42.2.29")) {
      Class<?> type = driver.type("PgConnection");
      assertNotNull(type.getDeclaredMethod("finalize"));
      WrapperType wrapperType = WrapperType.of(type, new ProxyLoader(driver));
      Object proxy = wrapperType.newProxy(new Recorder(wrapperType));
      Method finalizer = proxy.getClass().getDeclaredMethod("finalize");
      call(finalizer, proxy);
    }
  }

  @Test
  void aClassThatWasLoadedBeforeTheAgentIsNotExtended() {
    ProxyLoader loader = new ProxyLoader(PgConnection.class.getClassLoader());
    assertFalse(ExtensibleClass.is(PgConnection.class));
    assertSame(SuperClass.NONE, SuperClass.of(PgConnection.class, loader));
    WrapperType type = WrapperType.of(PgConnection.class, loader);
    assertSame(Object.class, type.newProxy(new Recorder(type)).getClass().getSuperclass());
  }

  /** A field is no method: what others read or write there would be the proxy's own. */
  @SuppressWarnings({"unused", "JdkObsolete"})
  public abstract static class WithField implements Connection {
    public int counter;
  }

  /** It has no name outside this package. */
  abstract static class Hidden implements Connection {}

  /** The nearest class that others can name is the one above. */
  public abstract static class AboveHidden implements Connection {}

  abstract static class BelowIt extends AboveHidden {}

  public abstract static sealed class Sealed implements Connection permits Only {}

  public abstract static non-sealed class Only extends Sealed {}

  @Test
  void aClassThatDoesNotFitIsNotExtended() throws Exception {
    OwnClasses classes = new OwnClasses();
    ProxyLoader loader = new ProxyLoader(classes);
    for (Class<?> type : List.of(WithField.class, Hidden.class, Sealed.class, Only.class)) {
      assertSame(SuperClass.NONE, SuperClass.of(classes.extensible(type), loader), type.getName());
    }
    Class<?> above = classes.extensible(AboveHidden.class);
    assertSame(above, SuperClass.of(above, loader).type());
    assertSame(above, SuperClass.of(classes.extensible(BelowIt.class), loader).type());
    ProxyLoader ofAnother = new ProxyLoader(getClass().getClassLoader());
    assertSame(SuperClass.NONE, SuperClass.of(above, ofAnother));
  }

  @Test
  void whatTheJvmDoesNotTakeHasTheInterfacesAlone() throws Exception {
    OwnClasses classes = new OwnClasses();
    classes.asItIs(AboveHidden.class);
    // Its constructor calls one of a class that has none.
    Class<?> broken = classes.extensible(BelowIt.class);
    ProxyLoader loader = new ProxyLoader(classes);
    WrapperType type = WrapperType.of(broken, loader);
    Object proxy = type.newProxy(new Recorder(type));
    assertSame(Object.class, proxy.getClass().getSuperclass());
    assertTrue(proxy instanceof Connection);
  }

  @Test
  void anInterfaceIsNotChanged() throws Exception {
    assertFalse(ExtensibleClass.is(Connection.class));
    assertNull(ExtensibleClass.of(fileOf(Wrapper.class)));
  }

  private static byte[] fileOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Defines classes of this test once more. */
  private static final class OwnClasses extends ClassLoader {

    OwnClasses() {
      super(SuperClassTest.class.getClassLoader());
    }

    Class<?> extensible(Class<?> type) throws IOException {
      return define(type, true);
    }

    void asItIs(Class<?> type) throws IOException {
      define(type, false);
    }

    private Class<?> define(Class<?> type, boolean extensible) throws IOException {
      Class<?> known = findLoadedClass(type.getName());
      if (known != null) {
        return known;
      }
      byte[] file = fileOf(type);
      byte[] defined = extensible ? Objects.requireNonNull(ExtensibleClass.of(file)) : file;
      return defineClass(type.getName(), defined, 0, defined.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : super.loadClass(name, resolve);
    }
  }
}
