package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.connection.ExtensibleClass;
import io.tenantpool.upkeep.Faults;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

class DriverClassesTest {

  private final DriverClasses classes = new DriverClasses();
  private final Installer installer =
      new Installer(
          List.of(), () -> {}, loader -> {}, new DriverSightings(() -> {}), new Faults(System.err));

  @Test
  void aDriversClassIsFoundInWhateverPackage() throws ClassNotFoundException {
    for (String type : DriverClasses.TYPES) {
      assertTrue(classes.accepts("com/acme/shaded/" + type), type);
      assertTrue(classes.accepts(nameOf(type).replace('.', '/')), type);
      assertNotNull(Class.forName(nameOf(type)));
    }
    for (String other : List.of("java/lang/String", "com/acme/PgConnection", "x/jdbc/Connection")) {
      assertFalse(classes.accepts(other), other);
    }
  }

  private static String nameOf(String type) {
    String driver = type.startsWith("mariadb") ? "org." : "org.postgresql.";
    return driver + type.replace('/', '.');
  }

  @Test
  void eachIsExtensibleOnceItIsLoaded() throws Exception {
    Loader loader = new Loader();
    for (String type : DriverClasses.TYPES) {
      Class<?> loaded = loader.loadClass(nameOf(type));
      assertTrue(ExtensibleClass.is(loaded), type);
      for (Method method : loaded.getDeclaredMethods()) {
        int modifiers = method.getModifiers();
        if (!Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers)) {
          assertFalse(Modifier.isFinal(modifiers), method::toString);
          assertTrue(
              Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers), method::toString);
        }
      }
    }
  }

  /** The JVM refuses a class whose methods are others than they were. */
  @Test
  void aClassThatIsLoadedBecomesWhatItWas() throws Exception {
    String name = "org/postgresql/jdbc/PgConnection";
    byte[] file = ClassFiles.of(PgConnection.class);
    ClassLoader loader = getClass().getClassLoader();
    assertNull(installer.transform(loader, name, PgConnection.class, null, file));
    Loader extensible = new Loader();
    Class<?> loaded = extensible.loadClass(PgConnection.class.getName());
    assertArrayEquals(
        ExtensibleClass.of(file), installer.transform(extensible, name, loaded, null, file));
  }

  /** Loads drivers once more, through the installer. */
  private final class Loader extends ClassLoader {

    Loader() {
      super(DriverClassesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      if (known != null || !name.startsWith("org.")) {
        return known != null ? known : super.loadClass(name, resolve);
      }
      try {
        byte[] file = ClassFiles.of(Class.forName(name, false, getParent()));
        byte[] changed = installer.transform(this, name.replace('.', '/'), null, null, file);
        byte[] defined = changed == null ? file : changed;
        return defineClass(name, defined, 0, defined.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
