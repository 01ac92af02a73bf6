package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the values of the config file that are encrypted. The key comes from the environment or
 * from a file that others can neither read nor write; it is looked for only when there is such a
 * value.
 */
final class EncryptedLines {

  private final String keyText;
  private final SettingSource fileSource;
  private final String fileName;
  private final ConfigFileReader files;
  private final Problems problems;

  /**
   * {@code keyText} and {@code fileName} are the values of {@link SettingKey#CONFIG_KEY} and {@link
   * SettingKey#CONFIG_KEY_FILE}, {@code fileSource} where the latter stands.
   */
  EncryptedLines(
      String keyText,
      SettingSource fileSource,
      String fileName,
      ConfigFileReader files,
      Problems problems) {
    this.keyText = keyText;
    this.fileSource = fileSource;
    this.fileName = fileName;
    this.files = files;
    this.problems = problems;
  }

  /**
   * The encrypted ones among {@code texts} as they read; what cannot be read is a problem, and is
   * missing.
   */
  Map<SettingKey, String> decrypt(Map<SettingKey, String> texts) {
    Map<SettingKey, String> plain = new HashMap<>();
    ConfigKey key = null;
    for (Map.Entry<SettingKey, String> text : texts.entrySet()) {
      if (EncryptedValue.isOne(text.getValue())) {
        key = key == null ? key(text.getKey()) : key;
        if (key == null) {
          return plain;
        }
        try {
          plain.put(text.getKey(), EncryptedValue.decrypt(text.getKey(), text.getValue(), key));
        } catch (IllegalArgumentException e) {
          problems.wrong(
              SettingSource.FILE, text.getKey(), "ENC(…)", String.valueOf(e.getMessage()));
        }
      }
    }
    return plain;
  }

  /** Null when there is none, which is a problem of the value of {@code needy}. */
  private @Nullable ConfigKey key(SettingKey needy) {
    boolean inEnvironment = !keyText.equalsIgnoreCase(SettingType.NONE);
    try {
      if (inEnvironment) {
        return ConfigKey.parse(keyText);
      }
      Optional<Path> file = SettingType.FileName.path(fileName);
      if (file.isPresent()) {
        return fromFile(file.get());
      }
      problems.wrong(
          SettingSource.FILE,
          needy,
          "ENC(…)",
          "there is no key for it; set "
              .concat(SettingKey.CONFIG_KEY_FILE.property())
              .concat(", or the environment variable ")
              .concat(SettingKey.CONFIG_KEY.environment()));
    } catch (InvalidPathException e) {
      return null; // reported with every other value that is wrong
    } catch (IllegalArgumentException e) {
      if (!inEnvironment) {
        problems.wrong(
            fileSource,
            SettingKey.CONFIG_KEY_FILE,
            fileName,
            "what it holds ".concat(String.valueOf(e.getMessage())));
      }
    }
    return null;
  }

  private @Nullable ConfigKey fromFile(Path file) {
    try {
      String others = files.othersMay(file);
      if (!others.isEmpty()) {
        problems.wrong(
            fileSource,
            SettingKey.CONFIG_KEY_FILE,
            fileName,
            "other users may "
                .concat(others)
                .concat(" the file; take that away (chmod o-rwx,g-w)"));
        return null;
      }
      return ConfigKey.parse(files.read(file).strip());
    } catch (IOException e) {
      problems.wrong(
          fileSource,
          SettingKey.CONFIG_KEY_FILE,
          fileName,
          "cannot be read: ".concat(e.getClass().getSimpleName()));
      return null;
    }
  }
}
