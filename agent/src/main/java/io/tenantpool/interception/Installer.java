package io.tenantpool.interception;

import io.tenantpool.config.NotPooled;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded and instruments those that an {@link InstrumentedType} asks for.
 */
public final class Installer implements ClassFileTransformer {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** Micrometer's class of this name holds the registry that the application's meters are in. */
  private static final String MICROMETER = "io/micrometer/core/instrument/Metrics";

  /** Ends of the names of DataSources that open connections without {@code Driver.connect}. */
  private static final String[] PAST_THE_DRIVER = {"/MariaDbDataSource", "/MariaDbPoolDataSource"};

  private final Runnable databaseSighted;
  private final Consumer<ClassLoader> micrometers;
  private final DriverSightings sightings;
  private volatile Door door = new Door(null);
  private final AgentFaults faults;
  private final @Nullable ClassLoader own = Installer.class.getClassLoader();
  private final List<ClassFilter> filters = new ArrayList<>();
  private final List<String> poolClassNames;
  private final PoolClassNames poolNames;
  private final DriverClasses driverClasses = new DriverClasses();
  private @Nullable PoolClasses pools;

  /**
   * An installer that has not begun yet.
   *
   * @param poolClasses names of further classes that are pools
   * @param databaseSighted is called whenever a driver's or a pool's class was instrumented
   * @param micrometers is told of each loader that defines Micrometer's registry
   * @param sightings is told of drivers and pools that could not be instrumented
   */
  public Installer(
      List<String> poolClasses,
      Runnable databaseSighted,
      Consumer<ClassLoader> micrometers,
      DriverSightings sightings,
      AgentFaults faults) {
    this.databaseSighted = databaseSighted;
    this.micrometers = micrometers;
    this.sightings = sightings;
    this.faults = faults;
    this.poolClassNames = poolClasses;
    this.poolNames = PoolClassNames.ofLibrariesAnd(poolClasses);
    for (InstrumentedType type : InstrumentedType.ALL) {
      filters.add(new ClassFilter(type.namesInClassFile()));
    }
  }

  /** Begins, and goes through the classes that are loaded already. */
  public void install(Instrumentation instrumentation) {
    door = new Door(instrumentation);
    instrumentation.addTransformer(this, true);
    LoadedClasses.retransform(instrumentation, this, sightings, faults);
  }

  /** A class that was loaded before the agent. */
  void lookAt(Class<?> loaded) {
    ClassLoader loader = loaded.getClassLoader();
    if (loader != null
        && loader != PLATFORM
        && loader != own
        && MICROMETER.equals(loaded.getName().replace('.', '/'))) {
      micrometers.accept(loader);
    }
  }

  /** Whether the class of this internal name has the name of a pool's. */
  boolean isPool(String className) {
    return poolNames.accepts(className) && pools().concern(className);
  }

  /** Made when the first class comes that may be a pool's. */
  private synchronized PoolClasses pools() {
    PoolClasses known = pools;
    if (known == null) {
      known = new PoolClasses(PoolLibrary.ALL, new NamedPools(poolClassNames, faults));
      pools = known;
    }
    return known;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || loader == PLATFORM || loader == own) {
      return null;
    }
    try {
      if (MICROMETER.equals(className)) {
        micrometers.accept(loader);
      }
      if (className != null && isPastTheDriver(className)) {
        sightings.met(NotPooled.OTHER_WAY, className, loader, "it was loaded, perhaps to be used");
      }
      byte[] rewritten = null;
      for (int i = 0; i < filters.size(); i++) {
        byte[] current = rewritten == null ? classFile : rewritten;
        InstrumentedType type = InstrumentedType.ALL.get(i);
        if (type.concerns(className) && filters.get(i).accepts(current)) {
          byte[] next = rewriteDriver(loader, className, current, type);
          rewritten = next == null ? rewritten : next;
        }
      }
      if (className != null && poolNames.accepts(className)) {
        byte[] next = rewritePool(loader, className, rewritten == null ? classFile : rewritten);
        rewritten = next == null ? rewritten : next;
      }
      if (className != null && driverClasses.accepts(className) && door.closedFor(loader) == null) {
        byte[] next = DriverClasses.rewrite(rewritten == null ? classFile : rewritten, redefined);
        rewritten = next == null ? rewritten : next;
      }
      if (rewritten != null) {
        databaseSighted.run();
      }
      return rewritten;
    } catch (Throwable fault) {
      faults.report("could not instrument " + className, fault);
      return null;
    }
  }

  private static boolean isPastTheDriver(String className) {
    for (String name : PAST_THE_DRIVER) {
      if (className.endsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private byte @Nullable [] rewriteDriver(
      ClassLoader loader, @Nullable String className, byte[] classFile, InstrumentedType type) {
    byte[] rewritten;
    if (!type.opensConnections() && door.closedFor(loader) != null) {
      // So is its driver's class, of which it is said.
      return null;
    }
    try {
      rewritten = ClassRewriter.rewrite(classFile, type);
    } catch (RuntimeException | Error unreadable) {
      if (className != null && type.opensConnections()) {
        String why = "its class file cannot be read (" + unreadable.getClass().getName() + ")";
        sightings.met(NotPooled.NOT_INSTRUMENTED, className, loader, why);
      }
      throw unreadable;
    }
    return rewritten == null || isHidden(loader, className) ? null : rewritten;
  }

  private byte @Nullable [] rewritePool(ClassLoader loader, String className, byte[] classFile) {
    byte[] rewritten = pools().rewrite(loader, className, classFile);
    if (rewritten != null) {
      return isHidden(loader, className) ? null : rewritten;
    }
    String unknown = pools().unknownVersion(loader, className, classFile);
    if (unknown != null) {
      sightings.met(NotPooled.UNKNOWN_POOL, unknown, loader, "found by its class names");
    }
    return null;
  }

  /** A loader that does not delegate to the boot loader, such as a bundle's, could not link it. */
  private boolean isHidden(ClassLoader loader, @Nullable String className) {
    String why = door.closedFor(loader);
    if (why != null && className != null) {
      sightings.met(NotPooled.HIDDEN_FROM_LOADER, className, loader, why);
    }
    return why != null;
  }
}
