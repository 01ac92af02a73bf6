package io.tenantpool.config;

import java.util.Optional;

/** A pattern over JDBC URLs. */
public final class UrlPattern {

  private final String text;

  private UrlPattern(String text) {
    this.text = text;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when the syntax is not understood; the message says where and
   *     why
   */
  public static UrlPattern parse(String text) {
    return new UrlPattern(text);
  }

  /** Whether the URL matches. */
  public boolean matches(String url) {
    return url.startsWith(text);
  }

  /**
   * What {@code {tenant}} stands for in the URL; empty when the URL does not match or the pattern
   * names no tenant.
   */
  public Optional<String> tenant(String url) {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
