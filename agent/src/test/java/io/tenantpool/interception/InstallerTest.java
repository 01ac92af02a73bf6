package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstallerTest {

  private final AtomicInteger sighted = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger();
  private final DriverSightings sightings = new DriverSightings(wanted::incrementAndGet);
  private final Installer installer =
      new Installer(
          List.of(), sighted::incrementAndGet, loader -> {}, sightings, new Faults(System.err));
  private final ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};

  @Test
  void aDriverThatIsLoadedAnnouncesConnections() throws IOException {
    assertNotNull(load(org.postgresql.Driver.class));
    assertEquals(1, sighted.get());
  }

  @Test
  void aPoolThatIsLoadedAnnouncesConnections() throws Exception {
    assertNotNull(load(Class.forName("com.zaxxer.hikari.pool.PoolBase")));
    assertEquals(1, sighted.get());
  }

  @Test
  void anyOtherClassAnnouncesNothing() throws IOException {
    assertNull(load(AtomicInteger.class));
    assertNull(load(InstallerTest.class));
    assertEquals(0, sighted.get());
  }

  @Test
  void aDriverWhoseLoaderHidesTheAgentIsToldOfOnceWithItsLoaderAndWhatToSet() throws IOException {
    List<Unpooled> told = new ArrayList<>();
    String name = "org/postgresql/Driver";
    byte[] driver = ClassFiles.of(org.postgresql.Driver.class);
    assertNull(installer.transform(new Hiding("orders"), name, null, null, driver));
    assertEquals(1, wanted.get(), "somebody has to say so, though nobody asks for a connection");
    sightings.tell(told::add);
    assertEquals(1, told.size());
    Unpooled one = told.get(0);
    assertEquals(NotPooled.HIDDEN_FROM_LOADER, one.reason());
    assertEquals(
        "org.postgresql.Driver of loader " + Hiding.class.getName() + " \"orders\"", one.site());
    assertTrue(one.detail().contains("io.tenantpool.bootstrap"), one.detail());
    assertNull(installer.transform(new Hiding("more"), name, null, null, driver));
    assertEquals(2, told.size(), "told at once when somebody listens");
    assertEquals(1, wanted.get());
  }

  @Test
  void aClassThatOnlyCallsADriverIsNoDriverThatWasMet() throws IOException {
    byte[] caller = ClassFiles.of(DriverOpener.class);
    String name = DriverOpener.class.getName().replace('.', '/');
    assertNull(installer.transform(new Hiding("orders"), name, null, null, caller));
    assertEquals(0, wanted.get());
  }

  @Test
  void aDataSourceThatNeverCallsItsDriverIsToldOf() throws IOException {
    load(org.mariadb.jdbc.MariaDbDataSource.class);
    List<Unpooled> told = new ArrayList<>();
    sightings.tell(told::add);
    assertEquals(List.of(NotPooled.OTHER_WAY), told.stream().map(Unpooled::reason).toList());
  }

  @Test
  void aPoolOfAnUnknownVersionIsToldOf() {
    ClassWriter other = new ClassWriter(0);
    String name = "com/zaxxer/hikari/pool/PoolBase";
    other.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    other.visitEnd();
    assertNull(installer.transform(application, name, null, null, other.toByteArray()));
    List<Unpooled> told = new ArrayList<>();
    sightings.tell(told::add);
    assertEquals(1, told.size());
    assertEquals(NotPooled.UNKNOWN_POOL, told.get(0).reason());
    assertTrue(String.valueOf(told.get(0).site()).startsWith("HikariCP of loader"));
  }

  @Test
  void aClassThatCannotBeReadIsToldAndLoadedAsItIs() throws IOException {
    List<String> told = new ArrayList<>();
    Faults faults = Upkeep.faults(told);
    byte[] ofTheFuture = ClassFiles.of(org.postgresql.Driver.class);
    ofTheFuture[7] = Byte.MAX_VALUE;
    byte[] rewritten =
        new Installer(List.of(), sighted::incrementAndGet, loader -> {}, sightings, faults)
            .transform(application, "org/postgresql/Driver", null, null, ofTheFuture);
    assertNull(rewritten);
    assertEquals(0, sighted.get());
    assertEquals(List.of("a class could not be instrumented"), told);
    assertEquals(1, faults.count(FaultKind.INSTRUMENTATION));
    List<Unpooled> met = new ArrayList<>();
    sightings.tell(met::add);
    assertEquals(List.of(NotPooled.NOT_INSTRUMENTED), met.stream().map(Unpooled::reason).toList());
  }

  /** As a bundle's: it shows the JDK alone. */
  private static final class Hiding extends ClassLoader {

    Hiding(String name) {
      super(name, ClassLoader.getPlatformClassLoader());
    }
  }

  private byte @Nullable [] load(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/');
    return installer.transform(application, name, null, null, ClassFiles.of(type));
  }
}
