package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolKeyTest {

  private static PoolKey key(
      String server, String url, String user, Properties info, @Nullable ClassLoader loader)
      throws NotUnderstoodException {
    DriverProperties properties = DriverProperties.of(info);
    Account account = new Account(server, url, user, "", properties, Surroundings.NONE, loader);
    return new PoolKey(account, properties.password(), "", "shown");
  }

  @Test
  void equalInEveryComponentIsEqual() throws Exception {
    PoolKey one = key("s", "l", "u", RouterFixture.properties("a", "1", "b", "2"), null);
    PoolKey two = key("s", "l", "u", RouterFixture.properties("b", "2", "a", "1"), null);
    assertEquals(one, two);
    assertEquals(one.hashCode(), two.hashCode());
    ClassLoader loader = RouterFixture.LOADER;
    assertEquals(
        key("s", "l", "u", new Properties(), loader), key("s", "l", "u", new Properties(), loader));
    assertFalse(one.equals(null));
  }

  @Test
  void differentInOneComponentIsUnequal() throws Exception {
    Properties info = RouterFixture.properties("password", "p");
    PoolKey key = key("s", "l", "u", info, RouterFixture.LOADER);
    List<PoolKey> others =
        List.of(
            key("S", "l", "u", info, RouterFixture.LOADER),
            key("s", "L", "u", info, RouterFixture.LOADER),
            key("s", "l", "U", info, RouterFixture.LOADER),
            key("s", "l", "u", RouterFixture.properties("password", "P"), RouterFixture.LOADER),
            key("s", "l", "u", RouterFixture.properties("Password", "p"), RouterFixture.LOADER),
            key("s", "l", "u", new Properties(), RouterFixture.LOADER),
            key("s", "l", "u", info, null),
            key("s", "l", "u", info, ClassLoader.getPlatformClassLoader()));
    for (PoolKey other : others) {
      assertNotEquals(key, other);
      assertNotEquals(other, key);
    }
  }

  @Test
  void equalHashesDoNotMakeEqualKeys() throws Exception {
    assertEquals("Aa".hashCode(), "BB".hashCode());
    Properties none = new Properties();
    PoolKey key = key("Aa", "Aa", "Aa", none, null);
    assertNotEquals(key, key("BB", "Aa", "Aa", none, null));
    assertNotEquals(key, key("Aa", "BB", "Aa", none, null));
    assertNotEquals(key, key("Aa", "Aa", "BB", none, null));
    Properties a = RouterFixture.properties("p", "Aa");
    Properties b = RouterFixture.properties("p", "BB");
    assertNotEquals(key("s", "l", "u", a, null), key("s", "l", "u", b, null));
  }

  @Test
  void aKeyInAMapLetsItsClassLoaderGo() throws Exception {
    Map<PoolKey, String> map = new HashMap<>();
    WeakReference<ClassLoader> loader = keyOfALostLoader(map);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (loader.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(loader.get());
    PoolKey key = map.keySet().iterator().next();
    assertEquals("here", map.get(key));
    assertNotEquals(key, key("s", "l", "u", new Properties(), null));
    assertNotEquals(key, key("s", "l", "u", new Properties(), RouterFixture.LOADER));
  }

  private static WeakReference<ClassLoader> keyOfALostLoader(Map<PoolKey, String> map)
      throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      map.put(key("s", "l", "u", new Properties(), loader), "here");
      assertTrue(map.containsKey(key("s", "l", "u", new Properties(), loader)));
      return new WeakReference<>(loader);
    }
  }

  @Test
  void noSecretIsShown() {
    String url = "jdbc:postgresql://h/db?password=hidden1&sslpassword=hidden2";
    Route.Pooled pooled = RouterFixture.pooled(url, RouterFixture.properties("pw", "hidden3"));
    assertFalse(pooled.toString().contains("hidden"), pooled.toString());
    assertEquals("jdbc:postgresql://h/db?password=***&sslpassword=***", pooled.key().displayUrl());
    assertEquals(pooled.key().displayUrl(), pooled.key().toString());
  }
}
