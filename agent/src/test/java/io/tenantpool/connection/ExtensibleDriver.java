package io.tenantpool.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;

/** A driver in a loader of its own, loaded as with the agent: wrappers can extend its classes. */
final class ExtensibleDriver extends URLClassLoader {

  private static final Pattern EXTENSIBLE =
      Pattern.compile(
          "org\\.postgresql\\.jdbc\\.(Pg[A-Z]\\w*|AbstractBlobClob)"
              + "|org\\.mariadb\\.jdbc\\.(Connection|(\\w+)?Statement|DatabaseMetaData)"
              + "|org\\.mariadb\\.jdbc\\.client\\.result\\.(\\w*Result|ResultSetMetaData)");

  /** pgjdbc, of that version. */
  ExtensibleDriver(String version) throws IOException {
    this(jar(version));
  }

  private ExtensibleDriver(URL jar) {
    super(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
  }

  static ExtensibleDriver ofMariaDb() {
    return new ExtensibleDriver(
        org.mariadb.jdbc.Driver.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static URL jar(String version) throws IOException {
    Path file = Path.of("target", "pool-libraries", "postgresql-" + version + ".jar");
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: run the build");
    }
    return file.toUri().toURL();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!EXTENSIBLE.matcher(name).matches()) {
      return super.findClass(name);
    }
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] file = in.readAllBytes();
      byte[] extensible = ExtensibleClass.of(file);
      return defineClass(
          name,
          extensible == null ? file : extensible,
          0,
          (extensible == null ? file : extensible).length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** The class of that simple name. */
  Class<?> type(String simpleName) throws ClassNotFoundException {
    return loadClass("org.postgresql.jdbc." + simpleName);
  }

  Connection connect() throws ReflectiveOperationException, SQLException {
    Driver driver = (Driver) loadClass("org.postgresql.Driver").getConstructor().newInstance();
    return driver.connect(Postgres.url(), new Properties());
  }

  /** Takes the driver out of the {@link java.sql.DriverManager}, which would keep it. */
  void deregister() throws ReflectiveOperationException {
    Class.forName("org.postgresql.Driver", true, this).getMethod("deregister").invoke(null);
  }
}
