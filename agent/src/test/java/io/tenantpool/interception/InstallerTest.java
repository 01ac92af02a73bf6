package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstallerTest {

  private final AtomicInteger sighted = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger();
  private final DriverSightings sightings = new DriverSightings(wanted::incrementAndGet);
  private final Installer installer =
      new Installer(
          List.of(),
          sighted::incrementAndGet,
          loader -> {},
          sightings,
          new AgentFaults(System.err));
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

  private byte @Nullable [] load(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/');
    return installer.transform(application, name, null, null, ClassFiles.of(type));
  }
}
