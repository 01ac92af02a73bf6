package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.Unpooled;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what was loaded before the agent, that which the JVM refuses keeps nothing else back. */
class LoadedClassesTest {

  private final List<String> told = new ArrayList<>();
  private final Faults faults = Upkeep.faults(told);
  private final DriverSightings sightings = new DriverSightings(() -> {});
  private final Installer installer =
      new Installer(List.of(), () -> {}, loader -> {}, sightings, faults);
  private final List<Class<?>> retransformed = new ArrayList<>();

  /** A JVM that has loaded these, and will not change one of them. */
  private Instrumentation jvm(Class<?> refused, Class<?>... loaded) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            LoadedClassesTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAllLoadedClasses" -> loaded;
                  case "isModifiableClass" -> true;
                  case "retransformClasses" -> retransform(refused, (Class<?>[]) arguments[0]);
                  default -> null;
                });
  }

  private Object retransform(Class<?> refused, Class<?>... types) {
    List<Class<?>> all = Arrays.asList(types);
    if (all.contains(refused)) {
      throw new InternalError("on purpose");
    }
    return retransformed.addAll(all);
  }

  @Test
  void poolsThatTheJvmRefusesAreToldAndDriversAreInstrumentedAllTheSame() throws Exception {
    Class<?> pool = Class.forName("com.zaxxer.hikari.pool.PoolBase");
    installer.install(jvm(pool, Driver.class, pool, org.postgresql.Driver.class));
    assertEquals(List.of("pools that were loaded could not be instrumented"), told);
    assertEquals(1, faults.count(FaultKind.INSTRUMENTATION));
    assertTrue(retransformed.contains(org.postgresql.Driver.class), retransformed::toString);
  }

  @Test
  void aDriverThatTheJvmRefusesIsToldAndTheNextOneIsInstrumented() {
    installer.install(
        jvm(
            org.postgresql.Driver.class,
            Driver.class,
            org.postgresql.Driver.class,
            org.mariadb.jdbc.Driver.class));
    assertEquals(List.of("a class that was loaded could not be instrumented"), told);
    assertEquals(1, faults.count(FaultKind.INSTRUMENTATION));
    assertTrue(retransformed.contains(org.mariadb.jdbc.Driver.class), retransformed::toString);
    List<Unpooled> met = new ArrayList<>();
    sightings.tell(met::add);
    assertEquals(
        List.of(NotPooled.NOT_INSTRUMENTED, NotPooled.OPENED_BEFORE_AGENT),
        met.stream().map(Unpooled::reason).toList());
    assertTrue(
        String.valueOf(met.get(0).site()).startsWith("org.postgresql.Driver of loader"),
        met::toString);
  }
}
