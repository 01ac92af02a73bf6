package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tenantpool.config.NotPooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class JdbcUrlTest {

  @ParameterizedTest
  @CsvFileSource(resources = "understood.csv", delimiter = '|', numLinesToSkip = 1)
  void whatADriverUnderstandsIsUnderstood(
      String url,
      @Nullable String properties,
      String server,
      String database,
      String user,
      String display)
      throws Exception {
    JdbcUrl parsed = JdbcUrl.parse(url);
    Target target = parsed.target(DriverProperties.of(RouterFixture.list(properties)));
    assertEquals(new Target(server, database, user), target);
    assertEquals(display.equals("=") ? url : display, parsed.displayUrl());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "not-understood.csv", delimiter = '|', numLinesToSkip = 1)
  void anythingElseIsABypassWithAReason(String url, @Nullable String properties, NotPooled reason) {
    Route.Bypass bypass = RouterFixture.bypass(url, RouterFixture.list(properties));
    assertEquals(reason, bypass.reason());
    assertFalse(bypass.detail().isEmpty());
    assertFalse(bypass.toString().contains("hidden"), bypass.toString());
  }
}
