package io.tenantpool.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A value of the config file that only the holder of the {@link ConfigKey} can read: {@code
 * ENC(…)}, made by the command {@code encrypt}. It is bound to its setting, so that nobody who can
 * write the file can have it read as another one, such as one that is printed.
 */
public final class EncryptedValue {

  private static final String BEGIN = "ENC(";
  private static final String END = ")";

  private EncryptedValue() {}

  /** Whether {@code text} is written as one. */
  static boolean isOne(String text) {
    return text.startsWith(BEGIN) && text.endsWith(END);
  }

  /** How {@code plain} is to be written as the value of {@code setting}. */
  public static String of(SettingKey setting, String plain, ConfigKey key) {
    byte[] sealed = key.encrypt(plain.getBytes(StandardCharsets.UTF_8), bytesOf(setting));
    return BEGIN.concat(Base64.getEncoder().encodeToString(sealed)).concat(END);
  }

  /**
   * What stands behind {@code text}, the value of {@code setting}.
   *
   * @throws IllegalArgumentException when that cannot be told; the message goes on from the value
   *     and holds no secret
   */
  static String decrypt(SettingKey setting, String text, ConfigKey key) {
    byte[] sealed;
    try {
      sealed =
          Base64.getDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
    } catch (IllegalArgumentException noBase64) {
      throw new IllegalArgumentException("is not Base64 between ENC( and )");
    }
    return new String(key.decrypt(sealed, bytesOf(setting)), StandardCharsets.UTF_8);
  }

  private static byte[] bytesOf(SettingKey setting) {
    return setting.property().getBytes(StandardCharsets.UTF_8);
  }
}
