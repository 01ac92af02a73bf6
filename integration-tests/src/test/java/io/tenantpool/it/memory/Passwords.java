package io.tenantpool.it.memory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The passwords of {@link PasswordsProgram}. Put together at run time, so that none is a constant
 * of a class or an argument of a JVM.
 */
enum Passwords {
  IN_URL,
  AS_ARGUMENT,
  OF_DATA_SOURCE,
  OF_POOL,
  WRONG_ARGUMENT,
  WRONG_IN_URL;

  /** No encoding changes it. */
  String text() {
    return new StringBuilder("drowssap").reverse().append("-Zq9-x").append(ordinal()).toString();
  }

  String encoded() {
    return URLEncoder.encode(text(), StandardCharsets.UTF_8);
  }
}
