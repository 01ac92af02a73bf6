package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.upkeep.Faults;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks of every kind in {@link BusyPool}, as class files with frames and without. */
class PoolAdviceTest {

  private static final String POOL = "tenantpool/interception/BusyPool";
  private static final String ENTRY = "interception/BusyPool$Entry";

  private final Tape tape = new Tape();

  @RegisterExtension final AtTheDoor door = AtTheDoor.of(tape);

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6, Opcodes.V17})
  void aCreationIsEnteredAndLeftOnceHoweverItEnds(int version) throws Exception {
    Object pool = pool(version, Boundary.creates(POOL, "create"));
    for (int rounds = 0; rounds < 5; rounds++) {
      assertEquals(
          new BusyPool().create(7, "given", rounds), call(pool, "create", 7.0, "given", rounds));
      assertEquals(List.of("creating", "created"), tape.take());
    }
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> call(pool, "create", 7.0, null, 3));
    assertTrue(String.valueOf(thrown.getCause()).endsWith("three"));
    assertEquals(List.of("creating", "created"), tape.take());
    assertTrue(tape.pools().stream().allMatch(each -> each == pool));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V17})
  void whereThereIsNoInstanceTheClassIsThePool(int version) throws Exception {
    Object pool = pool(version, Boundary.creates(POOL, "createStatically"));
    assertEquals("x", call(pool, "createStatically", "x"));
    assertThrows(
        InvocationTargetException.class, () -> call(pool, "createStatically", (Object) null));
    assertEquals(List.of("creating", "created", "creating", "created"), tape.take());
    assertSame(pool.getClass(), tape.pools().get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6, Opcodes.V17})
  void anArgumentIsToldAsItWasGivenWhateverTheMethodMakesOfIt(int version) throws Exception {
    Value connection = Value.argument(1).call(ENTRY, "getConnection");
    Object pool =
        pool(
            version,
            Boundary.lendsAtEntry(POOL, "giveBack", connection),
            Boundary.returnsAtExit(POOL, "giveBack", connection));
    call(pool, "giveBack", 3L, entry("given"));
    assertEquals(List.of("lent given", "returned given"), tape.take());
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6, Opcodes.V17})
  void whatGoesWrongOnTheWayToAConnectionEndsThere(int version) throws Exception {
    Value connection = Value.result().call(ENTRY, "getConnection");
    Object pool =
        pool(
            version,
            Boundary.creates(POOL, "borrow").poolIs(Value.self().field("entry")),
            Boundary.lendsAtEntry(
                POOL, "borrow", Value.self().field("entry").call(ENTRY, "getConnection")),
            Boundary.lendsAtExit(POOL, "borrow", connection),
            Boundary.returnsAtExit(POOL, "borrow", connection));
    Object bad = entry("bad");
    assertSame(bad, call(pool, "borrow", bad));
    assertNull(call(pool, "borrow", (Object) null));
    assertEquals(List.of("creating", "created", "creating", "created"), tape.take());
    Object good = entry("good");
    assertSame(good, call(pool, "borrow", good));
    assertEquals(List.of("creating", "created", "lent good", "returned good"), tape.take());
    call(pool, "borrow", good);
    assertEquals("lent good", tape.take().get(0));
    assertSame(good, tape.pools().get(tape.pools().size() - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6, Opcodes.V17})
  void aSetUpThatGoesOnIsEnteredAndLeftOnceHoweverItEnds(int version) throws Exception {
    Value connection = Value.argument(1).call(ENTRY, "getConnection");
    Object pool = pool(version, Boundary.setsUp(POOL, "giveBack", connection));
    call(pool, "giveBack", 3L, entry("given"));
    call(pool, "giveBack", 3L, entry("bad"));
    assertEquals(List.of("setting up given", "created", "setting up null", "created"), tape.take());
    Object statically = pool(version, Boundary.setsUp(POOL, "createStatically", Value.argument(0)));
    assertEquals("x", call(statically, "createStatically", "x"));
    assertThrows(
        InvocationTargetException.class, () -> call(statically, "createStatically", (Object) null));
    assertEquals(List.of("setting up x", "created", "setting up null", "created"), tape.take());
  }

  @Test
  void aFieldAndAResultAreReachedWithoutDetour() throws Exception {
    Object pool =
        pool(
            Opcodes.V17,
            Boundary.returnsAtExit(POOL, "check", Value.self()),
            Boundary.lendsAtExit(POOL, "createStatically", Value.result()));
    assertEquals(false, call(pool, "check"));
    assertEquals("x", call(pool, "createStatically", "x"));
    assertEquals(List.of("returned " + pool, "lent x"), tape.take());
  }

  @ParameterizedTest
  @ValueSource(strings = {"method", "field", "call", "argument", "type"})
  void aClassThatLacksSomethingOfWhatIsRequiredIsLeftAlone(String lacking) throws Exception {
    Boundary unknown =
        switch (lacking) {
          case "method" -> Boundary.creates(POOL, "nowhere");
          case "field" -> Boundary.returnsAtEntry(POOL, "check", Value.self().field("nothing"));
          case "call" -> Boundary.returnsAtEntry(POOL, "check", Value.self().call("giveBack"));
          case "argument" -> Boundary.returnsAtEntry(POOL, "check", Value.argument(0));
          default -> Boundary.creates("tenantpool/interception/NoSuchPool", "create");
        };
    Boundary known = Boundary.creates(POOL, "create");
    assertNull(rewrite(original(Opcodes.V17), known, unknown));
    assertNotNull(rewrite(original(Opcodes.V17), known, unknown.whereThere()));
  }

  @Test
  void aClassOfAnotherNameIsLeftAlone() throws Exception {
    PoolClasses pools = pools(Boundary.creates("nception/BusyPool", "create"));
    String name = BusyPool.class.getName().replace('.', '/');
    assertFalse(pools.concern(name));
    assertNull(pools.rewrite(getClass().getClassLoader(), name, original(Opcodes.V17)));
    assertFalse(pools.concern(""));
  }

  @Test
  void noMemberIsAdded() throws Exception {
    byte[] rewritten = rewrite(original(Opcodes.V17), Boundary.creates(POOL, "create"));
    assertNotNull(rewritten);
    assertEquals(
        ClassShape.of(original(Opcodes.V17)).methods(), ClassShape.of(rewritten).methods());
    assertEquals(ClassShape.of(original(Opcodes.V17)).fields(), ClassShape.of(rewritten).fields());
    assertFalse(Arrays.equals(original(Opcodes.V17), rewritten));
    assertArrayEquals(rewritten, rewrite(original(Opcodes.V17), Boundary.creates(POOL, "create")));
  }

  private static Object entry(String connection) {
    return new BusyPool.Entry(connection);
  }

  private static Object pool(int version, Boundary... boundaries) throws Exception {
    byte[] rewritten = rewrite(original(version), boundaries);
    assertNotNull(rewritten);
    Class<?> type =
        new ClassLoader(PoolAdviceTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(BusyPool.class.getName(), rewritten, 0, rewritten.length);
          }
        }.define();
    return type.getDeclaredConstructor().newInstance();
  }

  private static PoolClasses pools(Boundary... boundaries) {
    PoolLibrary library =
        new PoolLibrary() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public List<Boundary> boundaries() {
            return List.of(boundaries);
          }
        };
    return new PoolClasses(List.of(library), new NamedPools(List.of(), new Faults(System.err)));
  }

  private static byte @Nullable [] rewrite(byte[] classFile, Boundary... boundaries) {
    String name = BusyPool.class.getName().replace('.', '/');
    return pools(boundaries).rewrite(PoolAdviceTest.class.getClassLoader(), name, classFile);
  }

  /** As a compiler for that version would have made it: without frames before Java 6. */
  private static byte[] original(int version) throws Exception {
    ClassReader reader = new ClassReader(ClassFiles.of(BusyPool.class));
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int original,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String superName,
              String @Nullable [] interfaces) {
            super.visit(version, access, name, signature, superName, interfaces);
          }

          @Override
          public void visitNestMember(String member) {}
        },
        version < Opcodes.V1_6 ? ClassReader.SKIP_FRAMES : 0);
    return writer.toByteArray();
  }

  private static @Nullable Object call(Object pool, String method, @Nullable Object... arguments)
      throws Exception {
    return Arrays.stream(pool.getClass().getMethods())
        .filter(each -> each.getName().equals(method))
        .findFirst()
        .orElseThrow()
        .invoke(pool, arguments);
  }
}
