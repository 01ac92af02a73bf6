package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.NotPooled;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriverPropertiesTest {

  @Test
  void defaultsCount() throws Exception {
    Properties info = new Properties(RouterFixture.properties("user", "u", "a", "default"));
    info.setProperty("a", "own");
    DriverProperties copy = DriverProperties.of(info);
    assertEquals("u", copy.get("user"));
    assertEquals("u", copy.getIgnoringCase("USER"));
    assertEquals("own", copy.get("a"));
    assertNull(copy.get("USER"));
    assertNull(copy.getIgnoringCase("other"));
    assertEquals(DriverProperties.of(RouterFixture.properties("user", "u", "a", "own")), copy);
    assertNotEquals(DriverProperties.NONE, copy);
    assertEquals("2 properties", copy.toString());
  }

  @Test
  void aCopyDoesNotFollowItsOriginal() throws Exception {
    Properties info = RouterFixture.properties("a", "1");
    DriverProperties copy = DriverProperties.of(info);
    info.setProperty("a", "2");
    assertEquals("1", copy.get("a"));
  }

  @Test
  void noPropertiesAreNone() throws Exception {
    assertSame(DriverProperties.NONE, DriverProperties.of(null));
    assertEquals(DriverProperties.NONE, DriverProperties.of(new Properties()));
  }

  @Test
  void whatIsNoStringIsNotUnderstood() {
    Properties value = new Properties();
    value.put("port", 5432);
    Properties name = new Properties();
    name.put(1, "x");
    Properties nameInDefaults = new Properties(name);
    nameInDefaults.setProperty("user", "u");
    Properties valueInDefaults = new Properties(value);
    value.setProperty("user", "u");
    for (Properties info : new Properties[] {value, name, nameInDefaults, valueInDefaults}) {
      assertThrows(NotUnderstoodException.class, () -> DriverProperties.of(info));
      assertEquals(
          NotPooled.NOT_UNDERSTOOD, RouterFixture.bypass("jdbc:postgresql://h/db", info).reason());
    }
  }

  @Test
  void propertiesThatThrowAreNotUnderstood() {
    Properties hostile =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public Set<String> stringPropertyNames() {
            throw new IllegalStateException("no");
          }
        };
    assertThrows(NotUnderstoodException.class, () -> DriverProperties.of(hostile));
  }
}
