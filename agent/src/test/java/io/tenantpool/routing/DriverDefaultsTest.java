package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.NotPooled;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a driver takes for granted asks for nothing when somebody writes it down. The defaults are
 * asked of the real drivers, each version of them that the build has, so that a new one is noticed.
 */
class DriverDefaultsTest {

  private static final String[] POSTGRESQL = {
    "org.postgresql.ds.PGSimpleDataSource",
    "org.postgresql.ds.PGConnectionPoolDataSource",
    "org.postgresql.ds.PGPoolingDataSource"
  };

  private static URLClassLoader driver(String version) throws Exception {
    Path jar = Path.of("target", "pool-libraries", "postgresql-" + version + ".jar");
    return new URLClassLoader(
        new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void everyDataSourceOfPostgresqlIsPooledWhenItWasToldAUrl(String version) throws Exception {
    try (URLClassLoader loader = driver(version)) {
      for (String name : POSTGRESQL) {
        Class<?> type = loader.loadClass(name);
        Object source = type.getConstructor().newInstance();
        Method setUrl = type.getMethod("setUrl", String.class);
        setUrl.invoke(source, "jdbc:postgresql://h:5433/db?ApplicationName=a");
        String url = (String) type.getMethod("getUrl").invoke(source);
        assertTrue(url.contains("gsslib=auto"), url);
        Route.Pooled pooled = RouterFixture.pooled(url, RouterFixture.properties("user", "u"));
        assertEquals("h:5433", pooled.server());
        assertEquals("db", pooled.tenant());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"42.2.29", "42.7.14"})
  void aPropertyWithThePostgresqlDriversDefaultAsksForNothing(String version) throws Exception {
    try (URLClassLoader loader = driver(version)) {
      everyDefaultIsPooled(loader, "org.postgresql.Driver", "jdbc:postgresql://h/db");
    }
  }

  @Test
  void aPropertyWithTheMariaDbDriversDefaultAsksForNothing() throws Exception {
    everyDefaultIsPooled(
        getClass().getClassLoader(), "org.mariadb.jdbc.Driver", "jdbc:mariadb://h/db");
  }

  private static void everyDefaultIsPooled(ClassLoader loader, String driver, String url)
      throws Exception {
    Driver instance = (Driver) loader.loadClass(driver).getConstructor().newInstance();
    Properties all = RouterFixture.properties("user", "u");
    int defaults = 0;
    for (DriverPropertyInfo property : instance.getPropertyInfo(url, new Properties())) {
      if (property.value != null && !property.name.startsWith("PG")) {
        defaults++;
        Properties one = RouterFixture.properties("user", "u", property.name, property.value);
        RouterFixture.pooled(url, one);
        RouterFixture.pooled(url + "?" + property.name + "=" + property.value, all);
        all.setProperty(property.name, property.value);
      }
    }
    assertTrue(defaults > 20, defaults + " properties have a default");
    RouterFixture.pooled(url, all);
  }

  @ParameterizedTest
  @CsvSource({
    "gsslib, gssapi",
    "gsslib, sspi",
    "jaasApplicationName, billing",
    "sspiServiceClass, HTTP",
    "kerberosServerName, postgres",
    "jaasLogin, false",
    "jaasLogin, ''",
    "gssUseDefaultCreds, true",
    "gssEncMode, prefer",
    "gssEncMode, require",
    "requireAuth, 'scram-sha-256,gss'"
  })
  void whoNamesKerberosOrSspiIsNotPooled(String property, String value) {
    Properties info = RouterFixture.properties("user", "u", property, value);
    Route.Bypass bypass = RouterFixture.bypass("jdbc:postgresql://h/db", info);
    assertEquals(NotPooled.CALLER_IDENTITY, bypass.reason());
    assertEquals("h:5432", bypass.server());
    assertTrue(bypass.detail().startsWith(property), bypass.detail());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/db?gsslib=&jaasApplicationName=&kerberosServerName=&sspiServiceClass=",
        "jdbc:postgresql://h/db?gssUseDefaultCreds=&gssEncMode=&requireAuth=",
        "jdbc:mariadb://h/db?credentialType=&pool=false",
        "jdbc:mysql://h/db?dnsSrv=false&authenticationPlugins=&protocol=tcp"
            + "&defaultAuthenticationPlugin=caching_sha2_password"
      })
  void anEmptyValueAsksForNothing(String url) {
    assertEquals("db", RouterFixture.pooled(url, RouterFixture.properties("user", "u")).tenant());
  }
}
