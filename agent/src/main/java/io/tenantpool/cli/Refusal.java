package io.tenantpool.cli;

import java.util.Objects;

/** What was asked for cannot be done; the message says why, and what can be done about it. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  Refusal(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
