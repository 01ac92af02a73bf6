package io.tenantpool.it.support;

import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A server that somebody else runs, named by {@code -Dtest.postgres.url}. */
final class GivenSource implements PostgresSource {

  private final Properties parsed;

  GivenSource(String url) {
    Properties properties = Driver.parseURL(url, null);
    if (properties == null) {
      throw new IllegalArgumentException("test.postgres.url is not a PostgreSQL URL");
    }
    this.parsed = properties;
  }

  @Override
  public String host() {
    return value(PGProperty.PG_HOST, "localhost");
  }

  @Override
  public int port() {
    return Integer.parseInt(value(PGProperty.PG_PORT, "5432"));
  }

  @Override
  public String adminUser() {
    return value(PGProperty.USER, "postgres");
  }

  @Override
  public String adminPassword() {
    return value(PGProperty.PASSWORD, "");
  }

  @Override
  public String adminDatabase() {
    return value(PGProperty.PG_DBNAME, "postgres");
  }

  @Override
  public boolean isKept() {
    return true;
  }

  private String value(PGProperty property, String fallback) {
    String value = property.getOrDefault(parsed);
    return value == null ? fallback : value;
  }

  @Override
  public void close() {}
}
