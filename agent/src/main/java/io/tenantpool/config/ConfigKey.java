package io.tenantpool.config;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the {@linkplain EncryptedValue encrypted values} of a config file: AES with 256 bits
 * in Galois/Counter Mode (NIST SP 800-38D), as the JDK has it. What is encrypted for one setting
 * cannot be decrypted for another.
 */
public final class ConfigKey {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final byte[] bytes;

  private ConfigKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one, which nobody has. */
  public static ConfigKey random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ConfigKey(bytes);
  }

  /**
   * The key that {@link #text} was written for.
   *
   * @throws IllegalArgumentException when {@code text} is none; the message holds nothing of it
   */
  public static ConfigKey parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException noBase64) {
      throw new IllegalArgumentException("must be ".concat(SettingType.Key.ALLOWED));
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("must be ".concat(SettingType.Key.ALLOWED));
    }
    return new ConfigKey(bytes);
  }

  /** The key itself, to be kept where nobody else can read it. */
  public String text() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** {@code plain} for that setting alone: nonce, ciphertext and tag. */
  byte[] encrypt(byte[] plain, byte[] setting) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, setting).doFinal(plain);
      byte[] all = new byte[NONCE_BYTES + sealed.length];
      System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no ".concat(CIPHER), e);
    }
  }

  /**
   * The opposite.
   *
   * @throws IllegalArgumentException when {@code sealed} was not encrypted with this key for that
   *     setting, or was changed since; the message goes on from the value
   */
  byte[] decrypt(byte[] sealed, byte[] setting) {
    if (sealed.length <= NONCE_BYTES) {
      throw new IllegalArgumentException("is too short to be an encrypted value");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, setting)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException(
          "was not encrypted with this key for this setting, or was changed since");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot be decrypted: ".concat(e.getClass().getName()));
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] setting) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(setting);
    return cipher;
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "***";
  }
}
