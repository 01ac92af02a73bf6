package io.tenantpool.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with the settings, so that it can be said in one go. */
final class Problems {

  private final List<String> lines = new ArrayList<>();

  /** A name that no setting has. Its value is not shown: nobody knows what it is. */
  void unknown(SettingSource source, String name) {
    lines.add(
        source.label()
            + " "
            + Secrets.quoted(name)
            + ": there is no such setting; did you mean "
            + source.nameOf(NearestName.of(name))
            + "?");
  }

  /** A value that the setting does not take. */
  void wrong(SettingSource source, SettingKey key, String value, String reason) {
    lines.add(
        source.label()
            + " "
            + source.nameOf(key)
            + " = "
            + Secrets.quoted(value)
            + ": "
            + Secrets.oneLine(reason));
  }

  /** A setting that the same source gives twice. */
  void twice(SettingSource source, String name) {
    lines.add(source.label() + " " + Secrets.quoted(name) + ": given twice; give it once");
  }

  /** Two values that cannot both hold. */
  void contradiction(Setting one, String relation, Setting other) {
    lines.add(one + " " + relation + " " + other + "; change the one or the other");
  }

  /** What is wrong for one server alone. */
  void ofServer(String server, Problems found) {
    for (String line : found.lines) {
      lines.add("server " + Secrets.quoted(server) + ": " + line);
    }
  }

  /** Whether nothing is wrong so far. */
  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Anything else. */
  void other(String line) {
    lines.add(line);
  }

  /**
   * Does nothing as long as there are no problems.
   *
   * @throws InvalidSettingsException with all of them
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new InvalidSettingsException(lines);
    }
  }
}
