package io.tenantpool.routing;

import java.util.Locale;
import java.util.TimeZone;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What pgjdbc reads at a connect beside URL and properties, found by reading its class files from
 * 42.2 to 42.7 ({@code docs/session-state.md} has the list). Costs a direct open no look at a file
 * and no search through the system properties, but for credentials that stand in a file, which are
 * looked at about once a second. Thread-safe.
 */
final class DriverSurroundings {

  private static final String PASSWORD_FILE_PROPERTY = "org.postgresql.pgpassfile";
  private static final String PASSWORD_FILE_VARIABLE = "PGPASSFILE";

  /** The files in the usual places as they were seen {@code at} a moment. */
  private record Usual(String home, String state, long at) {}

  /** The last one, since it hardly ever changes. */
  private volatile Surroundings last = Surroundings.NONE;

  private volatile @Nullable Usual usual;
  private final LongSupplier nanos;
  private final FileStates files;
  private final boolean windows;

  /** {@code nanos} is the clock that says when to look at a file again. */
  DriverSurroundings(LongSupplier nanos) {
    this.nanos = nanos;
    files = new FileStates(nanos);
    windows = property("os.name").toLowerCase(Locale.ROOT).contains("windows");
  }

  /** As they are now; the same object while nothing changes. */
  Surroundings now() {
    String zone = TimeZone.getDefault().getID();
    String proxy = proxy();
    Surroundings before = last;
    if (before.timeZone().equals(zone) && before.proxy().equals(proxy)) {
      return before;
    }
    Surroundings now = new Surroundings(zone, proxy);
    last = now;
    return now;
  }

  private static String proxy() {
    String host = property("socksProxyHost");
    return host.isEmpty() ? "" : host + ':' + property("socksProxyPort");
  }

  /** The file from which the driver takes the password of a request without one. */
  String passwordFile() {
    String named = property(PASSWORD_FILE_PROPERTY);
    if (named.isEmpty()) {
      String variable = System.getenv(PASSWORD_FILE_VARIABLE);
      named = variable == null ? "" : variable;
    }
    if (named.isEmpty()) {
      named = windows ? inHome("pgpass.conf") : property("user.home") + "/.pgpass";
    }
    return files.of(named);
  }

  /**
   * Certificate, key and root certificates of a request that may be encrypted.
   *
   * @param certificate each as the request names it; null for the usual place
   */
  String tlsFiles(
      @Nullable String certificate, @Nullable String key, @Nullable String rootCertificate) {
    if (certificate == null && key == null && rootCertificate == null) {
      return usualTlsFiles();
    }
    return look(certificate, key, rootCertificate);
  }

  /** Nearly every request asks for these, and nearly nobody has them. */
  private String usualTlsFiles() {
    String home = property("user.home");
    long now = nanos.getAsLong();
    Usual seen = usual;
    if (seen != null && now - seen.at < FileStates.FRESH_NANOS && seen.home.equals(home)) {
      return seen.state;
    }
    String state = look(null, null, null);
    usual = new Usual(home, state, now);
    return state;
  }

  private String look(
      @Nullable String certificate, @Nullable String key, @Nullable String rootCertificate) {
    return files.of(certificate == null ? inHome("postgresql.crt") : certificate)
        + files.of(key == null ? inHome("postgresql.pk8") : key)
        + files.of(rootCertificate == null ? inHome("root.crt") : rootCertificate);
  }

  /** What a socket factory of the driver is told by name: {@code file:}, {@code sys:}. */
  String named(@Nullable String argument) {
    if (argument == null) {
      return "";
    }
    if (argument.startsWith("file:")) {
      return files.of(argument.substring("file:".length()));
    }
    return argument.startsWith("sys:")
        ? Integer.toHexString(property(argument.substring("sys:".length())).hashCode())
        : "";
  }

  private String inHome(String name) {
    if (windows) {
      String data = System.getenv("APPDATA");
      return (data == null ? "" : data) + "/postgresql/" + name;
    }
    return property("user.home") + "/.postgresql/" + name;
  }

  private static String property(String name) {
    if (name.isEmpty()) {
      return "";
    }
    try {
      return System.getProperty(name, "");
    } catch (SecurityException forbidden) {
      // The driver may not read it either.
      return "";
    }
  }
}
