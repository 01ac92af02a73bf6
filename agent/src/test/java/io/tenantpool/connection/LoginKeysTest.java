package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A key is derived once, and is then what the factory would have derived. */
final class LoginKeysTest {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final byte[] SALT = "salt of sixteen!".getBytes(StandardCharsets.UTF_8);

  private final Faults faults = new Faults(new PrintStream(OutputStream.nullOutputStream()));
  private final LoginKeys keys = new LoginKeys(faults);
  private final Counting counting = new Counting();
  private final Factory factory = new Factory(counting, ALGORITHM);

  /** Derives by the JVM's own factory, and counts. */
  private static final class Counting extends SecretKeyFactorySpi {
    private int derived;
    private @Nullable SecretKey instead;

    @Override
    protected SecretKey engineGenerateSecret(KeySpec password) throws InvalidKeySpecException {
      derived++;
      return instead == null ? own(password) : instead;
    }

    @Override
    protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
      throw new InvalidKeyException();
    }
  }

  private static final class Factory extends SecretKeyFactory {
    Factory(Counting spi, @Nullable String algorithm) {
      super(spi, anyProvider(), algorithm);
    }

    private static Provider anyProvider() {
      return Security.getProviders()[0];
    }
  }

  private static SecretKey own(KeySpec password) throws InvalidKeySpecException {
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(password);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static PBEKeySpec password(String text, byte[] salt, int rounds, int bits) {
    return new PBEKeySpec(text.toCharArray(), salt, rounds, bits);
  }

  private void assertDerived(int times, Factory by, PBEKeySpec password) throws Exception {
    int before = counting.derived;
    SecretKey key = keys.key(by, password);
    assertArrayEquals(own(password).getEncoded(), key.getEncoded());
    assertEquals(times, counting.derived - before);
  }

  @Test
  void theSamePasswordWithTheSameSaltIsDerivedOnce() throws Exception {
    assertDerived(1, factory, password("pass", SALT, 4096, 256));
    assertDerived(0, factory, password("pass", SALT, 4096, 256));
    assertDerived(0, factory, password("pass", SALT, 4096, 256));
    assertEquals(ALGORITHM, keys.key(factory, password("pass", SALT, 4096, 256)).getAlgorithm());
    assertEquals(0, faults.count());
  }

  @Test
  void whatTheKeyDependsOnMakesAnother() throws Exception {
    assertDerived(1, factory, password("pass", SALT, 1000, 256));
    assertDerived(1, factory, password("word", SALT, 1000, 256));
    assertDerived(1, factory, password("pas\u0161", SALT, 1000, 256));
    assertDerived(1, factory, password("pass", Arrays.copyOf(SALT, 15), 1000, 256));
    assertDerived(1, factory, password("pass", SALT, 1001, 256));
    assertDerived(1, factory, password("pass", SALT, 1000, 160));
    assertDerived(1, new Factory(counting, "another"), password("pass", SALT, 1000, 256));
    assertDerived(0, factory, password("pass", SALT, 1000, 256));
  }

  @Test
  void whatIsKeptIsNotTheKey() throws Exception {
    SecretKey key = keys.key(factory, password("pass", SALT, 1000, 256));
    for (byte[] masked : keys.masked()) {
      assertFalse(Arrays.equals(masked, key.getEncoded()));
      assertEquals(key.getEncoded().length, masked.length);
    }
    assertEquals(1, keys.masked().size());
  }

  @Test
  void aKeyThatWasHandedOutCanBeWrittenOver() throws Exception {
    keys.key(factory, password("pass", SALT, 1000, 256));
    Arrays.fill(keys.key(factory, password("pass", SALT, 1000, 256)).getEncoded(), (byte) 0);
    assertDerived(0, factory, password("pass", SALT, 1000, 256));
  }

  @Test
  void onlySoManyAreKeptThoseAskedForLast() throws Exception {
    counting.instead = new SecretKeySpec(new byte[] {1, 2, 3}, ALGORITHM);
    for (int i = 0; i < LoginKeys.MOST; i++) {
      keys.key(factory, password("pass" + i, SALT, 1, 256));
    }
    keys.key(factory, password("pass0", SALT, 1, 256));
    assertEquals(LoginKeys.MOST, counting.derived);
    keys.key(factory, password("one more", SALT, 1, 256));
    assertEquals(LoginKeys.MOST, keys.masked().size());
    keys.key(factory, password("pass0", SALT, 1, 256));
    assertEquals(LoginKeys.MOST + 1, counting.derived);
    keys.key(factory, password("pass1", SALT, 1, 256));
    assertEquals(LoginKeys.MOST + 2, counting.derived);
  }

  @Test
  void aKeyThatCannotBeKeptIsTheFactorysEachTime() throws Exception {
    counting.instead = new SecretKeySpec(new byte[33], ALGORITHM);
    keys.key(factory, password("pass", SALT, 1, 264));
    keys.key(factory, password("pass", SALT, 1, 264));
    assertEquals(2, counting.derived);
    assertEquals(0, keys.masked().size());
  }

  @Test
  void whatTheFactoryRefusesIsTheApplications() {
    KeySpec unknown = new KeySpec() {};
    assertThrows(InvalidKeySpecException.class, () -> keys.key(factory, unknown));
    PBEKeySpec cleared = password("pass", SALT, 1, 256);
    cleared.clearPassword();
    assertThrows(InvalidKeySpecException.class, () -> keys.key(factory, cleared));
    assertEquals(0, faults.count());
  }

  @Test
  void whatKeepsAKeyFromBeingKeptIsSaidAndTheFactoryGoesOn() throws Exception {
    Factory nameless = new Factory(counting, null);
    assertDerived(1, nameless, password("pass", SALT, 1000, 256));
    assertDerived(1, nameless, password("pass", SALT, 1000, 256));
    assertEquals(2, faults.count(FaultKind.CALL));
    assertEquals(0, keys.masked().size());
  }
}
