package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.Settings;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.JMException;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What lacks a class of the JVM's or of a library is told, and all else is shown. */
final class MissingClassesTest {

  private static final String HTTP = "http-port=0,http-token=0123456789abcdefABCDEF";

  /** Loads this package anew, where one class is not to be had, and another one is empty. */
  private static final class Lacking extends ClassLoader {

    private static final String PACKAGE = Show.class.getPackageName().concat(".");

    private final String missing;
    private final String empty;

    Lacking(String missing, String empty) {
      super(MissingClassesTest.class.getClassLoader());
      this.missing = missing;
      this.empty = empty;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new NoClassDefFoundError(name);
      }
      if (!name.startsWith(PACKAGE) && !name.equals(empty)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      byte[] classFile = name.equals(empty) ? empty(name) : read(name);
      return defineClass(name, classFile, 0, classFile.length);
    }

    private static byte[] empty(String name) {
      ClassWriter writer = new ClassWriter(0);
      String internalName = name.replace('.', '/');
      writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internalName, null, "java/lang/Object", null);
      writer.visitEnd();
      return writer.toByteArray();
    }

    private byte[] read(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }

  /** Shows a tenant; returns the log and the faults. */
  private static final class Program
      implements Function<Settings, Map.Entry<List<String>, Faults>> {

    @Override
    public Map.Entry<List<String>, Faults> apply(Settings settings) {
      Show show = new Show(settings);
      show.live("acme");
      show.step();
      try {
        assertEquals(1, show.names("io.tenantpool:type=Tenant,*").size());
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
      show.desk.close();
      return Map.entry(show.log, show.faults);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> assertTold(
      ClassLoader lacking, String settings, FaultKind kind, String what) throws Exception {
    var constructor = lacking.loadClass(Program.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    var program = (Function<Settings, Map.Entry<List<String>, Faults>>) constructor.newInstance();
    Map.Entry<List<String>, Faults> shown = program.apply(Settings.of(settings));
    List<String> log = shown.getKey();
    String fault = "agent-fault kind=" + kind + " what=\"" + what + "\"";
    assertEquals(1, log.stream().filter(line -> line.contains(fault)).count(), log::toString);
    assertEquals(1, log.stream().filter(line -> line.contains("agent-fault")).count());
    assertEquals(1, shown.getValue().count(kind));
    return log;
  }

  @Test
  void withoutTheFlightRecorderAllElseIsShown() throws Exception {
    assertTold(
        new Lacking("io.tenantpool.observation.jfr.FlightRecording", ""),
        "log-level=info",
        FaultKind.OBSERVATION,
        "events for the Flight Recorder could not be set up");
  }

  @Test
  void anSlf4jThatIsNotTheAgentsIsNotSilencedAndMetersAreShown() throws Exception {
    List<String> log =
        assertTold(
            new Lacking("", "org.slf4j.LoggerFactory"),
            HTTP,
            FaultKind.OBSERVATION,
            "libraries could not be silenced");
    assertTrue(log.stream().anyMatch(line -> line.contains("http-listening")), log::toString);
  }

  @Test
  void withoutPrometheusLibraryNobodyListensAndAllElseIsShown() throws Exception {
    List<String> log =
        assertTold(
            new Lacking("io.micrometer.prometheusmetrics.PrometheusMeterRegistry", ""),
            HTTP,
            FaultKind.HTTP,
            "meters for HTTP could not be made");
    assertTrue(log.stream().noneMatch(line -> line.contains("http-")), log::toString);
  }
}
