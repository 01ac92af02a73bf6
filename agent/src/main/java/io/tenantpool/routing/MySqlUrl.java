package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL as MySQL Connector/J reads it: what stands with a host comes before the properties, and
 * these come before the parameters of the URL. Names from the DNS ({@code mysql+srv}, {@code
 * dnsSrv}), configuration files, transformers, pipes and Kerberos are not understood.
 */
final class MySqlUrl extends JdbcUrl {

  /** Parameters, in lower case, that lead the driver where the agent cannot follow. */
  private static final String[] ELSEWHERE = {"dnssrv", "useconfigs", "propertiestransform"};

  private static final String[] AUTHENTICATION = {
    "authenticationplugins", "defaultauthenticationplugin"
  };

  private static final Set<String> KEPT =
      Set.of(
          "user",
          "host",
          "port",
          "dbname",
          "protocol",
          "dnssrv",
          "useconfigs",
          "propertiestransform",
          "authenticationplugins",
          "defaultauthenticationplugin");

  private final List<MySqlHost> hosts;
  private final String server;
  private final String database;
  private final Map<String, String> parameters;

  private MySqlUrl(
      String displayUrl, List<MySqlHost> hosts, String database, Map<String, String> parameters)
      throws NotUnderstoodException {
    super(Vendor.MYSQL, displayUrl);
    this.hosts = hosts;
    this.database = database;
    this.parameters = parameters;
    this.server = server(DriverProperties.NONE);
  }

  static MySqlUrl of(String url) throws NotUnderstoodException {
    int start = Vendor.MYSQL.prefix().length();
    for (String mode : List.of("loadbalance:", "replication:")) {
      if (url.startsWith(mode, start)) {
        start += mode.length();
        break;
      }
    }
    if (!url.startsWith("//", start)) {
      throw new NotUnderstoodException("the URL has an unknown word before //");
    }
    start += 2;
    int hash = url.indexOf('#');
    String text = hash < 0 ? url : url.substring(0, hash);
    int query = text.indexOf('?', start);
    int end = query < 0 ? text.length() : query;
    int slash = text.indexOf('/', start);
    boolean named = slash >= 0 && slash < end;
    int endOfHosts = Math.min(named ? slash : end, text.length());
    if (start > endOfHosts) {
      throw new NotUnderstoodException("the URL ends before its hosts");
    }
    List<MySqlHost> hosts = new ArrayList<>();
    MySqlHost.addAll(text.substring(start, endOfHosts), hosts);
    String path = named ? text.substring(slash + 1, end) : "";
    if (path.startsWith("/")) {
      throw new NotUnderstoodException("MySQL's driver wants one slash before the database");
    }
    StringBuilder display = new StringBuilder(url.length()).append(url, 0, start);
    for (int i = 0; i < hosts.size(); i++) {
      display.append(i == 0 ? "" : ",").append(hosts.get(i).display());
    }
    display.append(Secrets.masked(text.substring(endOfHosts)));
    return new MySqlUrl(
        display.toString(),
        hosts,
        decoded(path).trim(),
        parameters(query < 0 ? "" : text.substring(query + 1)));
  }

  private static Map<String, String> parameters(String query) throws NotUnderstoodException {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = decoded((equals < 0 ? parameter : parameter.substring(0, equals)).trim());
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1).trim());
      String lower = name.toLowerCase(Locale.ROOT);
      if (KEPT.contains(lower)) {
        parameters.put(lower, value);
      }
    }
    return parameters;
  }

  @Override
  Target target(DriverProperties info) throws NotUnderstoodException {
    boolean moved = info.getIgnoringCase("host") != null || info.getIgnoringCase("port") != null;
    String name = moved ? server(info) : server;
    for (String parameter : ELSEWHERE) {
      String value = value(parameter, info);
      if (value != null && !value.equalsIgnoreCase("false")) {
        throw new NotUnderstoodException(
            "DNS records, configuration files or a transformer decide where the URL leads");
      }
    }
    if ("pipe".equalsIgnoreCase(value("protocol", info))) {
      throw new NotUnderstoodException("the URL or a property leads to a pipe");
    }
    for (String parameter : AUTHENTICATION) {
      String value = value(parameter, info);
      if (value != null && value.toLowerCase(Locale.ROOT).contains("kerberos")) {
        throw new NotUnderstoodException(
            NotPooled.CALLER_IDENTITY,
            parameter + ": the session may belong to the calling thread or process",
            name);
      }
    }
    String chosen = value("dbname", info);
    String user = hosts.get(0).user();
    if (user.isEmpty()) {
      String given = value("user", info);
      user = given == null ? "" : given;
    }
    return new Target(name, chosen == null ? database : chosen, user);
  }

  private String server(DriverProperties info) throws NotUnderstoodException {
    String defaultHost = value("host", info);
    String defaultPort = value("port", info);
    HostNames names = new HostNames();
    for (MySqlHost host : hosts) {
      String port = host.port().isEmpty() ? defaultPort : host.port();
      names.add(
          host.name().isEmpty() && defaultHost != null ? defaultHost : host.name(),
          port == null || port.isEmpty() ? vendor().defaultPort() : HostNames.port(port));
    }
    return names.toString();
  }

  private @Nullable String value(String name, DriverProperties info) {
    String value = info.getIgnoringCase(name);
    return value == null ? parameters.get(name) : value;
  }
}
