package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;

/** A driver that was moved to another package, as shaded jars do, is the same driver. */
class MovedDriverTest {

  private static final String OWN = "org/postgresql/";
  private static final String MOVED = "com/acme/inside/pg/";

  private final ClassLoader moved = new Moving();

  /** Shows pgjdbc under another name alone. */
  private static final class Moving extends ClassLoader {

    Moving() {
      super(Connection.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/').concat(".class");
      if (!file.startsWith(MOVED)) {
        throw new ClassNotFoundException(name);
      }
      String original = OWN + file.substring(MOVED.length());
      try (InputStream in = MovedDriverTest.class.getClassLoader().getResourceAsStream(original)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(in.readAllBytes())
            .accept(
                new ClassRemapper(
                    writer,
                    new Remapper() {
                      @Override
                      public String map(String internalName) {
                        return internalName.startsWith(OWN)
                            ? MOVED + internalName.substring(OWN.length())
                            : internalName;
                      }
                    }),
                0);
        byte[] classFile = writer.toByteArray();
        return defineClass(name, classFile, 0, classFile.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private Class<?> of(String name) throws ClassNotFoundException {
    return Class.forName((MOVED + name).replace('/', '.'), false, moved);
  }

  @Test
  void itsSessionsCanBeMadeAsNew() throws Exception {
    PostgresDriver driver = PostgresDriver.of(of("jdbc/PgConnection"));
    PostgresDriver original = PostgresDriver.of(org.postgresql.jdbc.PgConnection.class);
    assertNotNull(driver);
    assertNotNull(original);
    assertEquals(original.settings().size(), driver.settings().size());
  }

  @Test
  void itsOwnCallsAreKnown() throws Exception {
    Class<?> connection = of("PGConnection");
    assertEquals(
        VendorCall.Effect.NONE, VendorCall.of(connection.getMethod("getBackendPID")).effect());
    assertEquals(
        VendorCall.Effect.BESIDE, VendorCall.of(connection.getMethod("cancelQuery")).effect());
    assertEquals(
        VendorCall.Effect.HANDS_OUT, VendorCall.of(connection.getMethod("getCopyAPI")).effect());
  }

  @Test
  void itsFramesAreTheDriversAndNotTheApplications() throws Exception {
    assertTrue(Pgjdbc.owns(of("jdbc/PgArray")));
    assertEquals(CodeOwner.DRIVER, CodeOwner.of("com.acme.inside.pg.Driver"));
    assertEquals(CodeOwner.APPLICATION, CodeOwner.of("com.acme.inside.Main"));
  }

  @Test
  void whatOnlyLooksAlikeIsNot() {
    assertFalse(Pgjdbc.owns(MovedDriverTest.class));
    assertFalse(Pgjdbc.owns(org.mariadb.jdbc.Connection.class));
    assertNull(PostgresDriver.of(org.mariadb.jdbc.Connection.class));
  }
}
