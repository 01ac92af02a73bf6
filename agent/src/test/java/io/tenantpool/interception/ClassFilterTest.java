package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFilterTest {

  private final ClassFilter filter = new ClassFilter(new DriverConnect().namesInClassFile());

  @ParameterizedTest
  @ValueSource(
      classes = {
        org.postgresql.Driver.class,
        org.mariadb.jdbc.NonRegisteringDriver.class,
        CovariantDriver.class,
        BusyDriver.class
      })
  void aDriverPasses(Class<?> driver) throws IOException {
    assertTrue(filter.accepts(ClassFiles.of(driver)));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        org.postgresql.jdbc.PgConnection.class,
        org.mariadb.jdbc.Configuration.class,
        ClassFilterTest.class
      })
  void aClassWithoutThatConnectDoesNotPass(Class<?> other) throws IOException {
    assertFalse(filter.accepts(ClassFiles.of(other)));
  }

  @Test
  void whatIsCutOffOrNoClassFileAtAllDoesNotPass() throws IOException {
    assertFalse(filter.accepts(new byte[0]));
    byte[] whole = ClassFiles.of(org.postgresql.Driver.class);
    assertFalse(filter.accepts(Arrays.copyOf(whole, 100)));
    byte[] noise = new byte[2000];
    Arrays.fill(noise, (byte) 1);
    assertDoesNotThrow(() -> filter.accepts(noise));
  }
}
