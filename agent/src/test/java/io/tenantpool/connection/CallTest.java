package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What is decided once per method. */
class CallTest {

  /** A driver's own interface, of which the agent knows nothing. */
  public interface VendorConnection extends Connection {
    String secretDoor();

    VendorArray vendorArray();

    <T> T give(Class<T> type);

    void take(Object[] elements);
  }

  /** An object that a driver's interface names by a type of its own. */
  public static class VendorArray implements Array {
    @Override
    public String getBaseTypeName() {
      return "int";
    }

    @Override
    public int getBaseType() {
      return 4;
    }

    @Override
    public Object getArray() {
      return new int[0];
    }

    @Override
    public Object getArray(java.util.Map<String, Class<?>> map) {
      return new int[0];
    }

    @Override
    public Object getArray(long index, int count) {
      return new int[0];
    }

    @Override
    public Object getArray(long index, int count, java.util.Map<String, Class<?>> map) {
      return new int[0];
    }

    @Override
    public java.sql.ResultSet getResultSet() throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public java.sql.ResultSet getResultSet(java.util.Map<String, Class<?>> map)
        throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public java.sql.ResultSet getResultSet(long index, int count) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public java.sql.ResultSet getResultSet(
        long index, int count, java.util.Map<String, Class<?>> map) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void free() {}
  }

  private final VendorArray array = new VendorArray();
  private final List<Object> taken = new ArrayList<>();

  private VendorConnection open(OneConnectionPool pool) throws SQLException {
    return (VendorConnection) new LogicalConnections().open(pool);
  }

  private OneConnectionPool pool() {
    Connection raw =
        (Connection)
            Proxy.newProxyInstance(
                CallTest.class.getClassLoader(),
                new Class<?>[] {VendorConnection.class},
                (proxy, method, args) ->
                    switch (method.getName()) {
                      case "secretDoor" -> "open";
                      case "vendorArray", "give", "createArrayOf" -> array;
                      case "take" -> taken.addAll(List.of((Object[]) args[0]));
                      case "isClosed" -> false;
                      default -> null;
                    });
    return new OneConnectionPool(() -> DriverConnection.of(raw));
  }

  @Test
  void anUnknownVendorCallPins() throws SQLException {
    OneConnectionPool pool = pool();
    try (VendorConnection connection = open(pool)) {
      assertEquals("open", connection.secretDoor());
    }
    assertEquals(List.of(Pin.VENDOR_CALL), pool.pins());
    assertFalse(pool.keptConnection());
  }

  @Test
  void whatCannotBeWrappedIsHandedOutAndPins() throws SQLException {
    OneConnectionPool pool = pool();
    try (VendorConnection connection = open(pool)) {
      assertSame(array, connection.vendorArray());
      assertTrue(pool.pins().contains(Pin.UNWRAPPED));
      assertSame(array, connection.give(VendorArray.class));
      assertInstanceOf(JdbcProxy.class, connection.give(Array.class));
    }
  }

  @Test
  void wrappersInAnArrayGoBackAsTheDriversObjects() throws SQLException {
    try (OneConnectionPool pool = pool();
        VendorConnection connection = open(pool)) {
      Array wrapper = connection.createArrayOf("int", null);
      Object[] elements = {wrapper, "text"};
      connection.take(elements);
      assertEquals(List.of(array, "text"), taken);
      assertSame(wrapper, elements[0]);
    }
  }

  @Test
  void onlyWhatIsKnownOfPostgresIsHarmless() throws Exception {
    assertEquals(
        VendorCall.Effect.HANDS_OUT,
        VendorCall.of(PGConnection.class.getMethod("getReplicationAPI")).effect());
    assertEquals(
        VendorCall.Effect.HANDS_OUT,
        VendorCall.of(VendorConnection.class.getMethod("secretDoor")).effect());
    assertEquals(
        VendorCall.Effect.BESIDE,
        VendorCall.of(PGConnection.class.getMethod("cancelQuery")).effect());
  }

  @Test
  void aDriverThatIsNotPgjdbcHasNoKnownReset() {
    assertNull(PostgresDriver.of(VendorConnection.class));
  }

  /** Its states were numbers once. */
  @Test
  void aPgjdbcThatLacksWhatIsNeededHasNoKnownReset() throws Exception {
    String name = "org.postgresql.core.BaseConnection";
    ClassWriter old = new ClassWriter(0);
    int isInterface = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;
    int isAbstract = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    old.visit(
        Opcodes.V1_8, isInterface, name.replace('.', '/'), null, "java/lang/Object", new String[0]);
    old.visitMethod(isAbstract, "getTransactionState", "()I", null, null);
    old.visitMethod(isAbstract, "getQueryExecutor", "()Ljava/lang/Object;", null, null);
    byte[] file = old.toByteArray();
    ClassLoader loader =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String wanted) {
            return defineClass(wanted, file, 0, file.length);
          }
        };
    Object connection =
        Proxy.newProxyInstance(
            loader, new Class<?>[] {loader.loadClass(name)}, (self, method, args) -> null);
    assertNull(PostgresDriver.of(connection.getClass()));
  }

  @Test
  void theStatementOfADriverIsWrappedByItsInterfaces() {
    assertTrue(
        WrapperType.interfacesOf(org.postgresql.jdbc.PgStatement.class).contains(Statement.class));
  }
}
