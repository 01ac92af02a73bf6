package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.bootstrap.ConnectionBridge;
import java.net.Socket;
import java.security.spec.KeySpec;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassRewriterTest {

  private static final String URL = "jdbc:postgresql://db/acme";

  private final Properties info = new Properties();
  private final Bridge bridge = new Bridge();

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(bridge);

  @ParameterizedTest
  @ValueSource(
      classes = {
        BusyDriver.class,
        CovariantDriver.class,
        org.postgresql.Driver.class,
        org.mariadb.jdbc.NonRegisteringDriver.class
      })
  void anInstrumentedDriverReturnsWhatTheBridgeAnswers(Class<?> type) throws Exception {
    bridge.answer = StubDriver.connection();
    assertSame(bridge.answer, driver(type).connect(URL, info));
    assertTrue(bridge.opened.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(classes = {BusyDriver.class, CovariantDriver.class})
  void aDriverThatGoesOnReportsItsConnectionWithTheArgumentsOfTheCall(Class<?> type)
      throws Exception {
    Driver driver = driver(type);
    Connection connection = driver.connect(URL, info);
    assertNotNull(connection);
    assertEquals(1, bridge.opened.size());
    Opened opened = bridge.opened.get(0);
    assertSame(driver, opened.driver);
    assertEquals(URL, opened.url);
    assertSame(info, opened.info);
    assertSame(connection, opened.connection);
  }

  @Test
  void aForeignUrlIsStillDeclined() throws Exception {
    assertNull(driver(org.mariadb.jdbc.NonRegisteringDriver.class).connect("jdbc:other:x", info));
    assertNull(driver(org.postgresql.Driver.class).connect("jdbc:other:x", info));
    assertTrue(bridge.opened.isEmpty());
  }

  @Test
  void whatTheBridgeThrowsReachesTheCallerAsItIs() throws Exception {
    bridge.failure = new SQLException("no capacity", "53300");
    Driver driver = driver(CovariantDriver.class);
    assertSame(bridge.failure, assertThrows(SQLException.class, () -> driver.connect(URL, info)));
  }

  @ParameterizedTest
  @ValueSource(classes = {BusyDriver.class, org.postgresql.Driver.class})
  void theClassKeepsItsShape(Class<?> type) throws Exception {
    Class<?> instrumented = ClassFiles.instrumented(type);
    assertEquals(members(type), members(instrumented));
    assertEquals(type.getModifiers(), instrumented.getModifiers());
  }

  @Test
  void whatIsAddedRefersToTheDoorAndTheJdkAlone() throws Exception {
    byte[] original = ClassFiles.of(org.postgresql.Driver.class);
    byte[] rewritten = ClassRewriter.rewrite(original, new DriverConnect());
    assertNotNull(rewritten);
    Set<String> added = calledOwners(rewritten);
    added.removeAll(calledOwners(original));
    assertEquals(Set.of(ConnectAdvice.CALLS), added);
  }

  @Test
  void aClassThatOnlyCallsConnectIsLeftAlone() throws Exception {
    assertNull(ClassRewriter.rewrite(ClassFiles.of(DriverOpener.class), new DriverConnect()));
    assertNull(ClassRewriter.rewrite(ClassFiles.of(Driver.class), new DriverConnect()));
  }

  private static Driver driver(Class<?> type) throws Exception {
    return (Driver) ClassFiles.instrumented(type).getDeclaredConstructor().newInstance();
  }

  private static Set<String> members(Class<?> type) {
    return Stream.of(
            type.getDeclaredMethods(), type.getDeclaredFields(), type.getDeclaredConstructors())
        .flatMap(Arrays::stream)
        .map(member -> member.toString())
        .filter(member -> !member.contains("$jacoco"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> calledOwners(byte[] classFile) {
    Set<String> owners = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    owners.add(owner);
                  }
                };
              }
            },
            0);
    return owners;
  }

  private record Opened(
      Object driver, @Nullable String url, @Nullable Properties info, Object connection) {}

  private static final class Bridge implements ConnectionBridge {

    private final List<Opened> opened = new ArrayList<>();
    private @Nullable Object answer;
    private @Nullable SQLException failure;

    @Override
    public @Nullable Object connect(Object driver, @Nullable String url, @Nullable Properties info)
        throws SQLException {
      if (failure != null) {
        throw failure;
      }
      return answer;
    }

    @Override
    public void opened(
        Object driver, @Nullable String url, @Nullable Properties info, Object connection) {
      opened.add(new Opened(driver, url, info, connection));
    }

    @Override
    public void socketMade(Socket socket) {}

    @Override
    public SecretKey loginKey(SecretKeyFactory factory, KeySpec password) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void creating(Object pool, String library) {}

    @Override
    public void settingUp(Object connection) {}

    @Override
    public void created() {}

    @Override
    public void lent(Object connection) {}

    @Override
    public void returned(Object connection) {}

    @Override
    public void worksLater(Object connection) {}

    @Override
    public void used(Object connection) {}

    @Override
    public Object unwrapped(Object connection) {
      return connection;
    }

    @Override
    public void returnedUnlessWork(Object connection) {}
  }
}
