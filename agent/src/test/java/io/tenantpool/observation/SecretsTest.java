package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/d?password=s3cret",
        "jdbc:postgresql://h/d?PASSWORD=s3cret&user=u",
        "jdbc:postgresql://h/d?sslpassword=s3cret&user=u",
        "jdbc:postgresql://h/d?password=a,b;s3cret",
        "jdbc:postgresql://h/d?password=a\"s3cret",
        "jdbc:mysql://user:s3cret@h:3306/d",
        "jdbc:mysql://user:p@s3cret@h:3306/d",
        "jdbc:mysql://user:p/s3cret@h:3306/d",
        "jdbc:mysql://user:1234s3cret@h/d",
        "jdbc:oracle:thin:scott/s3cret@//h:1521/x",
        "jdbc:sqlserver://h;user=u;password=s3cret;encrypt=true",
        "{user=u, password=s3cret}",
        "password = \"two s3cret words\"",
        "password: s3cret",
        "accessToken=s3cret",
        "client_secret=s3cret",
      })
  void aSecretIsHidden(String text) {
    assertFalse(Secrets.hide(text).contains("s3cret"), Secrets.hide(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h:5432/d?user=a@b.c",
        "jdbc:postgresql://[::1]:5432,h2:5433/d?user=u&ssl=true",
        "FATAL: password authentication failed for user \"u\"",
        "Connection to h:5432 refused.",
        "no connection for tenant acme after 30 s; raise tenantpool.max-connections",
      })
  void whatIsNoSecretStays(String text) {
    assertEquals(text, Secrets.hide(text));
  }

  @Test
  void whatStandsAroundASecretStays() {
    assertEquals(
        "jdbc:postgresql://h/d?user=u&password=***&ssl=true failed",
        Secrets.hide("jdbc:postgresql://h/d?user=u&password=s3cret&ssl=true failed"));
  }
}
