package io.tenantpool.config;

import java.util.List;
import java.util.Objects;

/** The settings are wrong; the message lists every problem, one per line, without secrets. */
public final class InvalidSettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(List<String> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return count + " in the settings of Tenant Pool Agent:\n  - " + String.join("\n  - ", problems);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The problems, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
