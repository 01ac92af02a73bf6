package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
    assertEquals(new Target(server, database, user), target(read));
  }

  @Test
  void whatIsPooledOfRandomUrlsIsReadAlike() throws Exception {
    String[] parts = {
      "//", "/", ":", ",", "?", "&", "=", "%", "%41", "+", "[::1]", "host", "PORT", "port=1", "9",
      "user=x", "dbname=", "db", "host=A", "#", ";", "é", "ssl"
    };
    Logger logger = Logger.getLogger("org.postgresql");
    Level level = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      Random random = new Random(7);
      int compared = 0;
      for (int i = 0; i < 50_000; i++) {
        StringBuilder url = new StringBuilder("jdbc:postgresql:");
        url.append(random.nextBoolean() ? "//h/" : "");
        for (int length = random.nextInt(10); length > 0; length--) {
          url.append(parts[random.nextInt(parts.length)]);
        }
        Properties info = RouterFixture.properties("user", "u", "PGHOST", "P", "PGPORT", "8");
        Target ours;
        try {
          ours = JdbcUrl.parse(url.toString()).target(DriverProperties.of(info));
        } catch (NotUnderstoodException e) {
          continue;
        }
        Properties read = org.postgresql.Driver.parseURL(url.toString(), info);
        assertNotNull(read, url.toString());
        assertEquals(target(read), ours, url.toString());
        compared++;
      }
      assertTrue(compared > 1000, "only " + compared + " random URLs were understood");
    } finally {
      logger.setLevel(level);
    }
  }

  private static Target target(Properties read) {
    String[] hosts = read.getProperty("PGHOST").split(",");
    String[] ports = read.getProperty("PGPORT").split(",");
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < hosts.length; i++) {
      // The driver resolves an empty host to the loopback address and brackets a bare IPv6 one.
      String host = hosts[i].isEmpty() ? "localhost" : hosts[i];
      host = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
      list.append(i == 0 ? "" : ",").append(host.toLowerCase(Locale.ROOT));
      list.append(':').append(ports[i]);
    }
    return new Target(list.toString(), read.getProperty("PGDBNAME"), read.getProperty("user"));
  }
}
