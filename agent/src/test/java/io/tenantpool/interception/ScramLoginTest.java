package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.bootstrap.ConnectionBridge;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.spec.KeySpec;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The driver asks for the key of a login, wherever it derives one from a password. */
class ScramLoginTest {

  private static final String CLASS = "org.postgresql.shaded.com.ongres.scram.common.CryptoUtil";

  private final byte[] key = {1, 2, 3};
  private int asked;

  @RegisterExtension
  final AtTheDoor door =
      AtTheDoor.of(
          (ConnectionBridge)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {ConnectionBridge.class},
                  (proxy, method, args) -> {
                    assertEquals("loginKey", method.getName());
                    assertTrue(args[0] instanceof SecretKeyFactory);
                    assertTrue(args[1] instanceof KeySpec);
                    asked++;
                    return new SecretKeySpec(key, "PBKDF2");
                  }));

  @Test
  void thatOfPgjdbcDoes() throws Exception {
    Class<?> driver = Class.forName(CLASS, false, getClass().getClassLoader());
    byte[] rewritten = ClassRewriter.rewrite(ClassFiles.of(driver), new ScramLogin());
    assertNotNull(rewritten);
    Class<?> instrumented =
        new ClassLoader(driver.getClassLoader()) {
          Class<?> define() {
            return defineClass(CLASS, rewritten, 0, rewritten.length);
          }
        }.define();
    Method derives =
        instrumented.getDeclaredMethod(
            "hi", SecretKeyFactory.class, int.class, char[].class, byte[].class, int.class);
    derives.setAccessible(true);
    SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
    Object derived = derives.invoke(null, factory, 256, "pass".toCharArray(), new byte[16], 4096);
    assertArrayEquals(key, (byte[]) derived);
    assertEquals(1, asked);
  }

  @Test
  void theLibrarysClassesAreKnownByTheEndsOfTheirNames() {
    ScramLogin scram = new ScramLogin();
    assertTrue(scram.concerns(CLASS.replace('.', '/')));
    assertTrue(scram.concerns("com/ongres/scram/common/util/CryptoUtil"));
    assertTrue(scram.concerns("com/acme/shaded/com/ongres/scram/common/CryptoUtil"));
    assertFalse(scram.concerns("com/acme/common/CryptoUtil"));
    assertFalse(scram.concerns(null));
  }
}
