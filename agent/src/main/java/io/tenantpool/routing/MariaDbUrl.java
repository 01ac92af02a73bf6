package io.tenantpool.routing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL as MariaDB Connector/J reads it: nothing is percent-decoded, and parameters of the URL come
 * before the properties. Sockets and pipes, credential plug-ins and the driver's own pool are not
 * understood.
 */
final class MariaDbUrl extends JdbcUrl {

  private static final Set<String> MODES =
      Set.of(
          "replication",
          "sequential",
          "loadbalance",
          "load-balance",
          "load_balance_read",
          "load-balance-read",
          "failover");

  /** Parameters, in lower case, that lead the driver where the agent cannot follow. */
  private static final String[] ELSEWHERE = {"localsocket", "pipe", "credentialtype"};

  private static final Set<String> KEPT =
      Set.of("user", "pool", "localsocket", "pipe", "credentialtype");

  private final String server;
  private final String database;
  private final Map<String, String> parameters;

  private MariaDbUrl(
      Vendor vendor,
      String displayUrl,
      String server,
      String database,
      Map<String, String> parameters) {
    super(vendor, displayUrl);
    this.server = server;
    this.database = database;
    this.parameters = parameters;
  }

  static MariaDbUrl of(String url) throws NotUnderstoodException {
    Vendor vendor = url.startsWith(Vendor.MYSQL.prefix()) ? Vendor.MYSQL : Vendor.MARIADB;
    int slashes = url.indexOf("//");
    if (slashes < 0) {
      throw new NotUnderstoodException("the URL has no //");
    }
    int start = slashes + 2;
    requireMode(url.substring(Math.min(slashes, vendor.prefix().length()), slashes));
    int query = url.indexOf('?', start);
    int end = query < 0 ? url.length() : query;
    int slash = url.indexOf('/', endOfAddresses(url, start));
    boolean named = slash >= 0 && slash < end;
    String server = server(url.substring(start, named ? slash : end), vendor);
    String database = named ? url.substring(slash + 1, end) : "";
    // Written anew rather than repeated: an address may hold more than host and port.
    String display =
        url.substring(0, start) + server + Secrets.masked(url.substring(named ? slash : end));
    return new MariaDbUrl(
        vendor, display, server, database, parameters(query < 0 ? "" : url.substring(query + 1)));
  }

  private static void requireMode(String mode) throws NotUnderstoodException {
    boolean known =
        mode.isEmpty()
            || (mode.endsWith(":")
                && MODES.contains(mode.substring(0, mode.length() - 1).toLowerCase(Locale.ROOT)));
    if (!known) {
      throw new NotUnderstoodException("the URL has an unknown word before //");
    }
  }

  private static int endOfAddresses(String url, int start) {
    int from = start;
    int address;
    while ((address = url.indexOf("address=(", from)) >= 0) {
      int open = address + "address=".length();
      while (url.startsWith("(", open)) {
        int close = url.indexOf(')', open);
        if (close < 0) {
          return open;
        }
        open = close + 1;
      }
      from = open;
    }
    return from;
  }

  private static String server(String hosts, Vendor vendor) throws NotUnderstoodException {
    HostNames names = new HostNames();
    for (String host : HostNames.split(hosts.trim())) {
      if (host.startsWith("address=")) {
        addAddress(host.substring("address=".length()), vendor, names);
      } else {
        addSimple(host, vendor, names);
      }
    }
    return names.toString();
  }

  private static void addSimple(String host, Vendor vendor, HostNames names)
      throws NotUnderstoodException {
    int bracket = host.lastIndexOf(']');
    int colon = host.indexOf(':', bracket + 1);
    if (host.startsWith("[") != bracket > 0
        || (bracket > 0 && colon != bracket + 1 && bracket != host.length() - 1)) {
      throw new NotUnderstoodException("the URL has an unbalanced bracket");
    }
    String name = colon < 0 ? host : host.substring(0, colon);
    names.add(name, colon < 0 ? vendor.defaultPort() : HostNames.port(host.substring(colon + 1)));
  }

  private static void addAddress(String parts, Vendor vendor, HostNames names)
      throws NotUnderstoodException {
    String host = "";
    int port = vendor.defaultPort();
    for (Map.Entry<String, String> part : HostParts.parenthesised(parts).entrySet()) {
      switch (part.getKey()) {
        case "host" -> host = part.getValue().replace("[", "").replace("]", "");
        case "port" -> port = HostNames.port(part.getValue());
        case "localsocket", "pipe" ->
            throw new NotUnderstoodException("an address of the URL is a local socket or pipe");
        default -> {
          // Says how to talk to the host, not which host it is.
        }
      }
    }
    names.add(host, port);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String lower = name.toLowerCase(Locale.ROOT);
      if (KEPT.contains(lower)) {
        parameters.put(lower, equals < 0 ? "" : parameter.substring(equals + 1));
      }
    }
    return parameters;
  }

  @Override
  Target target(DriverProperties info) throws NotUnderstoodException {
    for (String name : ELSEWHERE) {
      String value = value(name, info);
      // An empty credential type is none to the driver, an empty socket is one.
      if (value != null && !(value.isEmpty() && name.equals("credentialtype"))) {
        throw new NotUnderstoodException(
            "the URL or a property leads to a local socket, a pipe or a credential plug-in");
      }
    }
    String pool = value("pool", info);
    if (pool != null && !pool.equalsIgnoreCase("false") && !pool.equals("0")) {
      throw new NotUnderstoodException("pool: the driver pools by itself", server);
    }
    String user = value("user", info);
    return new Target(server, database, user == null ? System.getProperty("user.name", "") : user);
  }

  private @Nullable String value(String name, DriverProperties info) {
    String value = parameters.get(name);
    return value == null ? info.getIgnoringCase(name) : value;
  }
}
