package io.tenantpool.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One JDBC URL, read as its driver reads it. Immutable, and holds no secret but the text of the
 * URL.
 *
 * <p>Where a session would belong to the thread or the process that opens it (the caller's Kerberos
 * ticket, the process's Windows account) rather than to what URL and properties say, two equal
 * requests can mean two different people. A request that asks for that explicitly is not
 * understood. That a server asks for it by itself cannot be seen here; a driver in its default
 * settings then logs in with the user and password that it was given, unless the calling thread
 * carries a Kerberos credential.
 */
abstract class JdbcUrl {

  private final Vendor vendor;
  private final String displayUrl;
  private final @Nullable String withoutPassword;

  /** A URL that may have a secret anywhere. */
  JdbcUrl(Vendor vendor, String displayUrl) {
    this(vendor, displayUrl, null);
  }

  /** A URL of which it is known how it reads without its password. */
  JdbcUrl(Vendor vendor, String displayUrl, @Nullable String withoutPassword) {
    this.vendor = vendor;
    this.displayUrl = displayUrl;
    this.withoutPassword = withoutPassword;
  }

  /**
   * Reads {@code url}.
   *
   * @throws NotUnderstoodException when the driver would refuse it, when it belongs to another
   *     driver, or when it names a source that the agent cannot read
   */
  static JdbcUrl parse(String url) throws NotUnderstoodException {
    if (url.startsWith(Vendor.POSTGRESQL.prefix())) {
      return new PostgresUrl(url);
    }
    // With this word anywhere in it, such a URL is read by MariaDB's driver.
    boolean mariadb = url.startsWith(Vendor.MYSQL.prefix()) && url.contains("permitMysqlScheme");
    if (mariadb || url.startsWith(Vendor.MARIADB.prefix())) {
      return MariaDbUrl.of(url);
    }
    if (url.startsWith(Vendor.MYSQL.prefix())) {
      return MySqlUrl.of(url);
    }
    throw new NotUnderstoodException("the URL is none of PostgreSQL, MariaDB or MySQL");
  }

  Vendor vendor() {
    return vendor;
  }

  /** The URL with {@code ***} in place of every secret. */
  String displayUrl() {
    return displayUrl;
  }

  /** What of {@code text}, this URL as written, says whose session is wanted. */
  String accountUrl(String text) {
    return withoutPassword == null ? text : withoutPassword;
  }

  /** The password with which the driver logs in; null when it is told none. */
  @Nullable String password(DriverProperties info) {
    return info.password();
  }

  /** What its driver reads elsewhere. */
  Surroundings surroundings(DriverSurroundings surroundings) {
    return Surroundings.NONE;
  }

  /** The state of the files from which its driver reads credentials; empty for none. */
  String files(DriverProperties info, DriverSurroundings surroundings) {
    return "";
  }

  /**
   * Where this URL leads together with {@code info}.
   *
   * @throws NotUnderstoodException when that does not follow from the two
   */
  abstract Target target(DriverProperties info) throws NotUnderstoodException;

  /** Decodes {@code x-www-form-urlencoded} text, as PostgreSQL's and MySQL's drivers do. */
  static String decoded(String text) throws NotUnderstoodException {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new NotUnderstoodException("the URL has a % without two hexadecimal digits");
    }
  }
}
