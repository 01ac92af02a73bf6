package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.upkeep.Faults;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedPoolsTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Faults faults = new Faults(new PrintStream(said, true));
  private final Tape tape = new Tape();
  private final TapedDriver driver = new TapedDriver(tape);

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @Test
  void aPoolWrittenByHandCreatesLendsAndTakesBack() throws Exception {
    Object pool = handMadePool();
    Connection connection =
        (Connection) pool.getClass().getMethod("borrow", boolean.class).invoke(pool, true);
    assertEquals(
        List.of(
            "creating",
            "creating",
            "connect",
            "created",
            "c1 SET x",
            "c1 isValid",
            "created",
            "lent c1"),
        tape.take());
    pool.getClass().getMethod("release", Connection.class).invoke(pool, connection);
    assertEquals(List.of("returned c1", "c1 rollback", "lent c1"), tape.take());
    pool.getClass().getMethod("release", Connection.class).invoke(pool, (Object) null);
    assertEquals(List.of(), tape.take());
    assertTrue(tape.pools().stream().allMatch(each -> each == pool));
    assertEquals("", said.toString());
  }

  @Test
  void aMethodThatOnlyUsesAConnectionDoesNotTakeItBack() throws Exception {
    Object pool = handMadePool();
    Connection connection = (Connection) pool.getClass().getMethod("borrowUnseen").invoke(pool);
    tape.take();
    pool.getClass().getMethod("prepare", Connection.class).invoke(pool, connection);
    assertEquals(List.of("c1 isValid"), tape.take());
    pool.getClass()
        .getMethod("releaseBoth", Connection.class, Connection.class)
        .invoke(pool, connection, connection);
    assertEquals(List.of(), tape.take());
  }

  @ParameterizedTest
  @ValueSource(classes = {HandMadePool.Source.class, HandMadePool.Sink.class})
  void aClassWithHalfOfWhatIsNeededIsLeftAloneAndThatIsSaidOnce(Class<?> type) throws Exception {
    PoolClasses pools = pools(type.getName());
    assertNull(rewrite(pools, type));
    assertNull(rewrite(pools, type));
    assertEquals(1, said.toString().lines().count());
    assertTrue(said.toString().contains(type.getName()), said.toString());
    assertEquals(0, faults.count());
  }

  @Test
  void aClassOfTheSameSimpleNameElsewhereIsNotMeant() throws Exception {
    assertNull(rewrite(pools("com.acme.HandMadePool"), HandMadePool.class));
    assertEquals("", said.toString());
  }

  @Test
  void aPoolIsTreatedAsLentOutsideOfItsOwnMethods() {
    List<Hook> hooks =
        named(HandMadePool.class.getName()).hooks(name(HandMadePool.class), classFile());
    assertTrue(hooks.stream().allMatch(hook -> NamedPools.isNamed(hook.library())));
    assertFalse(NamedPools.isNamed(new HikariCp().name()));
  }

  private Object handMadePool() throws Exception {
    byte[] rewritten = rewrite(pools(HandMadePool.class.getName()), HandMadePool.class);
    assertNotNull(rewritten);
    return new ClassLoader(getClass().getClassLoader()) {
      Class<?> define() {
        return defineClass(HandMadePool.class.getName(), rewritten, 0, rewritten.length);
      }
    }.define().getConstructor(Object.class).newInstance(driver);
  }

  private NamedPools named(String className) {
    return new NamedPools(List.of("com.acme.NoSuchPool", className), faults);
  }

  private PoolClasses pools(String className) {
    return new PoolClasses(PoolLibrary.ALL, named(className));
  }

  private static byte @Nullable [] rewrite(PoolClasses pools, Class<?> type) throws Exception {
    ClassLoader loader = NamedPoolsTest.class.getClassLoader();
    return pools.rewrite(loader, name(type), ClassFiles.of(type));
  }

  private static byte[] classFile() {
    try {
      return ClassFiles.of(HandMadePool.class);
    } catch (java.io.IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
