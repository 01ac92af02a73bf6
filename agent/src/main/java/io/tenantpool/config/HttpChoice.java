package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes {@link HttpSettings} of the settings {@code http-*}, the file with the token included. */
final class HttpChoice {

  private final Map<SettingKey, Setting> settings;
  private final Map<SettingKey, Object> values;

  /** {@code values} lacks those that could not be read, which have been reported. */
  HttpChoice(Map<SettingKey, Setting> settings, Map<SettingKey, Object> values) {
    this.settings = settings;
    this.values = values;
  }

  /** Empty without a port, and when something is wrong. */
  Optional<HttpSettings> read(ConfigFileReader files, Problems problems, Remarks remarks) {
    Optional<?> port = chosen(SettingKey.HTTP_PORT);
    if (port.isEmpty() || !(values.get(SettingKey.HTTP_ADDRESS) instanceof String address)) {
      return Optional.empty();
    }
    Optional<?> token = chosen(SettingKey.HTTP_TOKEN);
    Optional<?> file = chosen(SettingKey.HTTP_TOKEN_FILE);
    if (token.isPresent() && file.isPresent()) {
      problems.contradiction(
          setting(SettingKey.HTTP_TOKEN),
          "cannot hold beside",
          setting(SettingKey.HTTP_TOKEN_FILE));
      return Optional.empty();
    }
    if (file.isPresent()) {
      token = fromFile((Path) file.get(), files, problems);
      remarks.secretIn(
          (Path) file.get(),
          "the file ".concat(setting(SettingKey.HTTP_TOKEN_FILE).text()),
          "the token",
          files);
    } else if (token.isEmpty() && values.containsKey(SettingKey.HTTP_TOKEN)) {
      problems.other(
          setting(SettingKey.HTTP_PORT)
              + ": nobody may look without a token; set "
              + SettingKey.HTTP_TOKEN_FILE.property()
              + " or "
              + SettingKey.HTTP_TOKEN.property());
    }
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(new HttpSettings((Integer) port.get(), address, (String) token.get()));
  }

  private Optional<?> fromFile(Path path, ConfigFileReader files, Problems problems) {
    Setting setting = setting(SettingKey.HTTP_TOKEN_FILE);
    try {
      return Optional.of(SettingType.Secret.check(files.read(path).strip()));
    } catch (IOException e) {
      problems.wrong(
          setting.source(),
          setting.key(),
          setting.text(),
          "cannot be read: " + e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      problems.wrong(
          setting.source(), setting.key(), setting.text(), "what it holds " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<?> chosen(SettingKey key) {
    return values.get(key) instanceof Optional<?> value ? value : Optional.empty();
  }

  private Setting setting(SettingKey key) {
    return Objects.requireNonNull(settings.get(key));
  }
}
