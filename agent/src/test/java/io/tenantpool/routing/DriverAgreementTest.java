package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The expectations of the table are those of PostgreSQL's own driver. */
class DriverAgreementTest {

  @ParameterizedTest
  @CsvFileSource(resources = "understood.csv", delimiter = '|', numLinesToSkip = 1)
  void postgresqlReadsItsUrlsAlike(
      String url,
      @Nullable String properties,
      String server,
      String database,
      String user,
      String display) {
    if (!url.startsWith("jdbc:postgresql:")) {
      return;
    }
    Properties read = org.postgresql.Driver.parseURL(url, RouterFixture.list(properties));
    assertNotNull(read, url);
    assertEquals(user, read.getProperty("user"));
    assertEquals(database, read.getProperty("PGDBNAME"));
    String[] hosts = read.getProperty("PGHOST").split(",");
    String[] ports = read.getProperty("PGPORT").split(",");
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < hosts.length; i++) {
      // The driver resolves an empty host to the loopback address and brackets a bare IPv6 one.
      String host = hosts[i].isEmpty() ? "localhost" : hosts[i];
      host = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
      list.append(i == 0 ? "" : ",").append(host.toLowerCase(java.util.Locale.ROOT));
      list.append(':').append(ports[i]);
    }
    assertEquals(server, list.toString());
  }
}
