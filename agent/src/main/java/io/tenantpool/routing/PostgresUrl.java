package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A URL as pgjdbc reads it ({@code org.postgresql.Driver.parseURL}). Parameters of the URL come
 * before the properties, these before the driver's own defaults. {@code service} is not understood,
 * for it reads a file. A {@code driverconfig.properties} on the class path is the same for every
 * request of one driver and needs no reading. A plug-in that provides the password is asked at each
 * login: requests that name the same one, with the same user and properties, are one account.
 */
final class PostgresUrl extends JdbcUrl {

  private static final String HOST = "PGHOST";
  private static final String PORT = "PGPORT";
  private static final String DATABASE = "PGDBNAME";
  private static final String USER = "user";
  private static final String SERVICE = "service";
  private static final String JAAS_LOGIN = "jaasLogin";
  private static final String DEFAULT_CREDENTIALS = "gssUseDefaultCreds";
  private static final String GSS_ENCRYPTION = "gssEncMode";
  private static final String REQUIRE_AUTH = "requireAuth";

  /**
   * What chooses how the caller's Kerberos or Windows identity is used, with the driver's own
   * defaults: one of these asks for nothing, for the driver's DataSources write every default into
   * the URL that they were given.
   */
  private static final Map<String, String> CALLER_IDENTITY =
      Map.of(
          "gsslib", "auto",
          "kerberosServerName", "",
          "jaasApplicationName", "pgjdbc",
          "sspiServiceClass", "POSTGRES");

  private static final String PASSWORD = "password";
  private static final String PLUGIN = "authenticationPluginClassName";
  private static final String SSL_MODE = "sslmode";
  private static final String SSL_CERTIFICATE = "sslcert";
  private static final String SSL_KEY = "sslkey";
  private static final String SSL_ROOT_CERTIFICATE = "sslrootcert";
  private static final String SSL_FACTORY_ARGUMENT = "sslfactoryarg";

  private static final Set<String> KEPT =
      Set.of(
          HOST,
          PORT,
          DATABASE,
          USER,
          SERVICE,
          JAAS_LOGIN,
          DEFAULT_CREDENTIALS,
          GSS_ENCRYPTION,
          REQUIRE_AUTH,
          "gsslib",
          "kerberosServerName",
          "jaasApplicationName",
          "sspiServiceClass",
          PASSWORD,
          PLUGIN,
          SSL_MODE,
          SSL_CERTIFICATE,
          SSL_KEY,
          SSL_ROOT_CERTIFICATE,
          SSL_FACTORY_ARGUMENT);

  /** Without hosts and ports where {@link #server} says it all: thousands of URLs are kept. */
  private final Map<String, String> parameters;

  /** The server, when the URL alone names it. */
  private final @Nullable String server;

  PostgresUrl(String url) throws NotUnderstoodException {
    super(Vendor.POSTGRESQL, Secrets.masked(url), Secrets.without(PASSWORD, url));
    Map<String, String> read = new HashMap<>();
    int query = url.indexOf('?');
    String place = url.substring(vendor().prefix().length(), query < 0 ? url.length() : query);
    if (place.startsWith("//")) {
      if (!place.equals("//") && !place.equals("///")) {
        readHosts(place.substring(2), read);
      }
    } else if (place.startsWith("/")) {
      throw new NotUnderstoodException("the URL has one slash where PostgreSQL's driver wants two");
    } else {
      read.put(DATABASE, decoded(place));
    }
    if (query >= 0) {
      for (String parameter : url.substring(query + 1).split("&", -1)) {
        readParameter(parameter, read);
      }
    }
    if (read.containsKey(HOST) && read.containsKey(PORT)) {
      server = server(read.remove(HOST), read.remove(PORT));
    } else {
      server = null;
    }
    parameters = Map.copyOf(read);
  }

  private void readHosts(String place, Map<String, String> read) throws NotUnderstoodException {
    int slash = place.indexOf('/');
    if (slash < 0 || slash != place.lastIndexOf('/')) {
      throw new NotUnderstoodException(
          "PostgreSQL's driver wants exactly one slash after the hosts of the URL");
    }
    if (slash + 1 < place.length()) {
      read.put(DATABASE, decoded(place.substring(slash + 1)));
    }
    StringBuilder hosts = new StringBuilder();
    StringBuilder ports = new StringBuilder();
    for (String address : HostNames.split(place.substring(0, slash))) {
      int colon = address.lastIndexOf(':');
      boolean withPort = colon >= 0 && address.lastIndexOf(']') < colon;
      String host = withPort ? address.substring(0, colon) : address;
      hosts.append(host.isEmpty() ? "localhost" : host).append(',');
      ports.append(withPort ? address.substring(colon + 1) : vendor().defaultPort()).append(',');
    }
    read.put(HOST, hosts.substring(0, hosts.length() - 1));
    read.put(PORT, ports.substring(0, ports.length() - 1));
  }

  private static void readParameter(String parameter, Map<String, String> read)
      throws NotUnderstoodException {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : driverName(parameter.substring(0, equals));
    String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    if (KEPT.contains(name)) {
      read.put(name, value);
    }
  }

  private static String driverName(String name) {
    String upper = "PG" + name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case HOST, PORT, DATABASE -> upper;
      default -> name;
    };
  }

  @Override
  Target target(DriverProperties info) throws NotUnderstoodException {
    String name = server == null ? server(value(HOST, info), value(PORT, info)) : server;
    requireOwnIdentity(name, info);
    String givenUser = value(USER, info);
    String user = givenUser == null ? System.getProperty("user.name", "") : givenUser;
    String database = value(DATABASE, info);
    return new Target(name, database == null ? user : database, user);
  }

  @Override
  @Nullable String password(DriverProperties info) {
    String inUrl = parameters.get(PASSWORD);
    return inUrl == null ? info.password() : inUrl;
  }

  @Override
  Surroundings surroundings(DriverSurroundings surroundings) {
    return surroundings.now();
  }

  @Override
  String files(DriverProperties info, DriverSurroundings surroundings) {
    String files = "";
    if (password(info) == null && value(PLUGIN, info) == null) {
      files = surroundings.passwordFile();
    }
    if (!"disable".equals(value(SSL_MODE, info))) {
      files +=
          surroundings.tlsFiles(
                  value(SSL_CERTIFICATE, info),
                  value(SSL_KEY, info),
                  value(SSL_ROOT_CERTIFICATE, info))
              + surroundings.named(value(SSL_FACTORY_ARGUMENT, info));
    }
    return files;
  }

  private static String server(@Nullable String hosts, @Nullable String ports)
      throws NotUnderstoodException {
    String[] host = HostNames.split(hosts == null ? "localhost" : hosts);
    String[] port = ports == null ? new String[] {"5432"} : HostNames.split(ports);
    if (host.length != port.length) {
      throw new NotUnderstoodException("there are not as many ports as hosts");
    }
    HostNames names = new HostNames();
    for (int i = 0; i < host.length; i++) {
      names.add(host[i], HostNames.port(port[i]));
    }
    return names.toString();
  }

  private void requireOwnIdentity(String name, DriverProperties info)
      throws NotUnderstoodException {
    if (value(SERVICE, info) != null) {
      throw new NotUnderstoodException(
          NotPooled.SERVICE_FILE, "service= reads a file that the agent does not read", null);
    }
    String login = value(JAAS_LOGIN, info);
    if (login != null && !login.equalsIgnoreCase("true")) {
      throw callerIdentity("jaasLogin=false", name);
    }
    String defaultCredentials = value(DEFAULT_CREDENTIALS, info);
    if (defaultCredentials != null
        && !defaultCredentials.isEmpty()
        && !defaultCredentials.equalsIgnoreCase("false")) {
      throw callerIdentity("gssUseDefaultCreds", name);
    }
    String encryption = value(GSS_ENCRYPTION, info);
    if (encryption != null
        && !encryption.isEmpty()
        && !encryption.equalsIgnoreCase("disable")
        && !encryption.equalsIgnoreCase("allow")) {
      throw callerIdentity(GSS_ENCRYPTION, name);
    }
    for (Map.Entry<String, String> parameter : CALLER_IDENTITY.entrySet()) {
      String value = value(parameter.getKey(), info);
      if (value != null && !value.isEmpty() && !value.equals(parameter.getValue())) {
        throw callerIdentity(parameter.getKey(), name);
      }
    }
    String required = value(REQUIRE_AUTH, info);
    if (required != null) {
      for (String method : required.split(",", -1)) {
        String word = method.trim();
        if (word.equalsIgnoreCase("gss") || word.equalsIgnoreCase("sspi")) {
          throw callerIdentity(REQUIRE_AUTH, name);
        }
      }
    }
  }

  private static NotUnderstoodException callerIdentity(String parameter, String name) {
    return new NotUnderstoodException(
        NotPooled.CALLER_IDENTITY,
        parameter + ": the session may belong to the calling thread or process",
        name);
  }

  private @Nullable String value(String name, DriverProperties info) {
    String value = parameters.get(name);
    return value == null ? info.get(name) : value;
  }
}
