package io.tenantpool.connection;

import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that logins have derived from passwords. With SCRAM (RFC 5802) a client does that anew
 * for each connect, in thousands of rounds (PBKDF2, RFC 8018) that take longer than all else it
 * does, though the server's salt is the same until the password is changed.
 *
 * <p>What is kept is of no use without the password: a key lies under a mask that only the password
 * makes, with a secret of this JVM, and so does the number by which it is found. A password that is
 * wrong finds nothing, and is tried at the server as ever. Thread-safe.
 */
public final class LoginKeys {

  /** So many at most, the last ones asked for: about 150 bytes each. */
  static final int MOST = 10_000;

  private static final String MAC = "HmacSHA256";
  private static final int LONGEST_KEY = 32;

  /** By what a key is found: half of a hash. */
  private record Number(long high, long low) {}

  /**
   * One password with one salt, and so on.
   *
   * @param mask what its key is kept under
   */
  private record Login(Number number, byte[] mask) {}

  private final Faults faults;
  private @Nullable SecretKeySpec secret;

  private final Map<Number, byte[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Number, byte[]> eldest) {
          return size() > MOST;
        }
      };

  /** None yet. Says in {@code faults} what keeps it from keeping any. */
  public LoginKeys(Faults faults) {
    this.faults = faults;
  }

  /**
   * The key that {@code factory} derives from {@code password}.
   *
   * @throws InvalidKeySpecException as the factory does
   */
  public SecretKey key(SecretKeyFactory factory, KeySpec password) throws InvalidKeySpecException {
    Login login = password instanceof PBEKeySpec known ? login(factory, known) : null;
    if (login == null) {
      return factory.generateSecret(password);
    }
    byte[] masked;
    synchronized (kept) {
      masked = kept.get(login.number());
    }
    if (masked != null) {
      return new SecretKeySpec(masked(masked, login), factory.getAlgorithm());
    }
    SecretKey derived = factory.generateSecret(password);
    byte[] key = derived == null ? null : derived.getEncoded();
    if (key != null && key.length > 0 && key.length <= LONGEST_KEY) {
      synchronized (kept) {
        kept.put(login.number(), masked(key, login));
      }
    }
    return derived;
  }

  /** What is kept of the keys. */
  List<byte[]> masked() {
    synchronized (kept) {
      return List.copyOf(kept.values());
    }
  }

  private static byte[] masked(byte[] key, Login login) {
    byte[] masked = key.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= login.mask()[i];
    }
    return masked;
  }

  /** Null where the JVM lacks what it takes, or the password was cleared. */
  private @Nullable Login login(SecretKeyFactory factory, PBEKeySpec password) {
    char[] chars;
    try {
      chars = password.getPassword();
    } catch (IllegalStateException cleared) {
      return null;
    }
    byte[] all = new byte[0];
    try {
      all = bytes(factory, password, chars);
      Mac mac = Mac.getInstance(MAC);
      mac.init(secret());
      ByteBuffer number = ByteBuffer.wrap(hash(mac, 1, all));
      return new Login(new Number(number.getLong(), number.getLong()), hash(mac, 2, all));
    } catch (GeneralSecurityException | RuntimeException fault) {
      faults.report(FaultKind.CALL, "could not keep the key of a login", fault);
      return null;
    } finally {
      Arrays.fill(chars, '\0');
      Arrays.fill(all, (byte) 0);
    }
  }

  private static byte[] hash(Mac mac, int purpose, byte[] all) {
    mac.update((byte) purpose);
    return mac.doFinal(all);
  }

  /** All that the key depends on. */
  private static byte[] bytes(SecretKeyFactory factory, PBEKeySpec password, char[] chars) {
    ByteBuffer text = StandardCharsets.UTF_16BE.encode(CharBuffer.wrap(chars));
    byte[] salt = password.getSalt() == null ? new byte[0] : password.getSalt();
    byte[] algorithm = factory.getAlgorithm().getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(4 * Integer.BYTES + algorithm.length + salt.length + text.remaining());
    all.putInt(password.getIterationCount()).putInt(password.getKeyLength());
    all.putInt(algorithm.length).put(algorithm);
    all.putInt(salt.length).put(salt);
    all.put(text);
    Arrays.fill(text.array(), (byte) 0);
    return all.array();
  }

  /** Made when the first login needs it: gathering randomness may take a while. */
  private synchronized SecretKeySpec secret() {
    SecretKeySpec known = secret;
    if (known == null) {
      byte[] random = new byte[LONGEST_KEY];
      new SecureRandom().nextBytes(random);
      known = new SecretKeySpec(random, MAC);
      secret = known;
    }
    return known;
  }
}
