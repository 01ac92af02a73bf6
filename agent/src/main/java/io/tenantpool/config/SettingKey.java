package io.tenantpool.config;

import java.util.List;
import java.util.Locale;

/** One thing that can be configured: names, type, default, range, text. */
public enum SettingKey {
  ENABLED(
      new SettingType.Flag(),
      "true",
      "With `false` the agent does nothing, and looks at no other setting: the way out when"
          + " something else is wrong."),
  CONFIG(
      new SettingType.FileName(),
      "none",
      "A properties file with further settings, in UTF-8. A relative path starts at the working"
          + " directory of the JVM."),
  CONFIG_KEY(
      new SettingType.Key(),
      "none",
      "The key of the file's encrypted values, `ENC(…)`. Only as the environment variable"
          + " `TENANTPOOL_CONFIG_KEY`: on a command line others would see it. It is never printed."),
  CONFIG_KEY_FILE(
      new SettingType.FileName(),
      "none",
      "A file that holds this key. Other users may neither read nor write it, or the agent does not"
          + " start."),
  URLS(
      new SettingType.Patterns(false),
      "jdbc:postgresql:**",
      "Which URLs are pooled. `{tenant}` in a pattern names the tenant; without it the tenant is"
          + " the URL's database."),
  EXCLUDE_URLS(
      new SettingType.Patterns(true), "none", "Which of them are left to the driver all the same."),
  MODE(
      new SettingType.Choice(List.of(Mode.values())),
      "pool",
      "What is done with a new connection: `pool` shares physical ones; `observe` changes nothing"
          + " and measures what pooling would save; `off` leaves it to the driver"
          + " (`docs/capacity-planning.md` says what a switch does)."),
  MAX_CONNECTIONS(
      new SettingType.Whole(2, 10_000, "2 to 10000"),
      "100",
      "The budget of each server: how many physical connections this JVM may have to it at any"
          + " instant. It is lowered, with a warning, where the server allows fewer."),
  RESERVED_CONNECTIONS(
      new SettingType.Whole(0, 9_999, "0 to one less than tenantpool.max-connections"),
      "10",
      "The part of the budget that only `tenantpool.system-urls` may use. Nothing is reserved"
          + " while those are unset."),
  SYSTEM_URLS(
      new SettingType.Patterns(true),
      "none",
      "The URLs of the system database that all tenants share, if there is one."),
  SERVER_LIMIT(
      new SettingType.Choice(List.of(ServerLimit.values())),
      "ask",
      "Whether the budget is lowered to what the server says that it allows: with `ask` a new"
          + " connection is asked at first, after sessions were lost and every few minutes; `off`"
          + " is for an address where that number is no limit, such as a connection pooler's that"
          + " is not recognised as one."),
  MAX_CONNECTIONS_PER_TENANT(
      new SettingType.Whole(1, 100, "1 to 100"),
      "3",
      "The share of each tenant: how many physical connections it can always have, in its turn,"
          + " however many others want some. What it may have beyond that says"
          + " `tenantpool.tenant-cap`."),
  TENANT_CAP(
      new SettingType.Choice(List.of(TenantCap.values())),
      "elastic",
      "With `elastic` a tenant may have more than its share while nobody else wants it; what it has"
          + " beyond goes first when others come. With `hard` it never has more; only a thread that"
          + " already holds one of the tenant's connections may go a little beyond it, so that it"
          + " cannot wait for itself."),
  TENANT_LIMITS(
      new TenantLimitsType(),
      "none",
      "What holds for some tenants: `acme<=10` (ten at most, but for threads that already hold one"
          + " of them), `gold-*>=4` (a share of four, and before others), `big*weight=3` (three times"
          + " as much as others). `docs/sharing.md` has the model."),
  EVICTION_ORDER(
      new SettingType.Choice(List.of(EvictionOrder.values())),
      "frequency",
      "Whose idle connection is closed when another tenant needs its place: with `lru` the one that"
          + " nobody has used for longest, with `frequency` that of the tenant that asks least often,"
          + " while this proves better on the server than `lru`. `docs/sharing.md` has the"
          + " figures."),
  LENDING_ORDER(
      new SettingType.Choice(List.of(LendingOrder.values())),
      "lifo",
      "Which of a tenant's idle connections a borrower gets, of those that suit it equally well: with"
          + " `lifo` the one returned last, so that the others can be closed; with `fifo` the one"
          + " returned first, so that all are used in turn."),
  ACQUIRE_TIMEOUT(
      new SettingType.Time("250ms", "10m"),
      "30s",
      "How long an application thread waits for a physical connection before it gets an"
          + " `SQLTransientConnectionException`: with SQLState `53300` where there was no room, with"
          + " `08001` where the server did not answer. Connecting counts, and the first connect of a"
          + " JVM takes some tenths of a second."),
  MAX_WAITING(
      new SettingType.Whole(1, 1_000_000, "1 to 1000000"),
      "50000",
      "How many threads may wait for a connection of one server. A tenant never has more of these"
          + " places than it leaves free for others; whoever finds none gets SQLState `53300` at"
          + " once."),
  MAX_IDLE_TIME(
      new SettingType.Time("1s", "24h"),
      "5m",
      "A physical connection that nobody has used for this long is closed."),
  MAX_LIFETIME(
      new SettingType.Time("30s", "24h"),
      "10m",
      "A physical connection that is older than this, less a little that differs from one to the"
          + " next, is closed when it is not in use."),
  CIRCUIT_BREAKER(
      new SettingType.Flag(),
      "true",
      "Whether five connects in a row that fail, to a server or with the same URL and credentials,"
          + " hold others back for at most half a second: one tries, and the others wait for what"
          + " comes of it. `false` has each borrower try by itself."),
  LEAK_DETECTION_THRESHOLD(
      new SettingType.TimeOrNone("100ms", "24h"),
      "none",
      "A connection that the application has held for longer than this is said to be leaked: one"
          + " line in the log and one notification over JMX, with the stack of its borrow. With"
          + " `none` no stack is taken."),
  RESET(
      new SettingType.Choice(List.of(ResetPolicy.values())),
      "always",
      "When a session is made as clean as new: `always` at the end of each lease of a connection"
          + " that the application opened itself."),
  SINGLE_STATEMENT_URLS(
      new SettingType.Patterns(true),
      "none",
      "The pooled URLs on whose connections SQL of several statements in one call is refused, with"
          + " SQLState `42601`: what is injected into an application's SQL is mostly a second"
          + " statement. Batches are not concerned. `docs/reliability.md` says what it cannot see."),
  POOL_CLASSES(
      new ClassNames(),
      "none",
      "Pools of the application's own making, so that their idle connections cost no physical one:"
          + " classes that declare both how a `java.sql.Connection` is handed out and how it is"
          + " given back. `docs/pools.md` says which methods are recognised."),
  HIKARI_MBEANS(
      new SettingType.Flag(),
      "true",
      "Whether each live tenant pool also appears over JMX as a HikariCP pool would, for consoles"
          + " and exporters made for HikariCP."),
  METERS(
      new SettingType.Flag(),
      "true",
      "Whether the figures are also published as Micrometer meters over JMX."),
  LOG_LEVEL(
      new SettingType.Choice(List.of(LogLevel.values())),
      "info",
      "How much the agent's own log says. Nothing is written per borrow unless it is `trace`."),
  LOG_FORMAT(
      new SettingType.Choice(List.of(LogFormat.values())),
      "text",
      "How an event is written, always on one line: `text` for people, `json` for machines."),
  LOG_FILE(
      new SettingType.FileName(),
      "none",
      "The file that the log is appended to; with `none` it goes to standard error."),
  LOG_MDC_KEYS(
      new Words(),
      "requestId, request_id, X-Request-Id, traceId",
      "Where the application has SLF4J, lines that a thread of its own causes end with"
          + " `request=` and the first of these that the thread's MDC holds; `none` asks no MDC."),
  AUDIT_FILE(
      new SettingType.FileName(),
      "none",
      "The file that tells of each connection that is opened, leased, returned or closed; with"
          + " `none` there is no audit. Its lines have the form of `tenantpool.log-format`."),
  AUDIT_MAX_FILE_SIZE(
      new ByteSize("1KB", "10GB"),
      "10MB",
      "When the audit's file is longer than this, it gets a number and another one is begun."),
  AUDIT_MAX_FILES(
      new SettingType.Whole(1, 20, "1 to 20"),
      "5",
      "How many numbered files of the audit are kept; the oldest is deleted for a new one."),
  REPORT_FILE(
      new SettingType.FileName(),
      "none",
      "The file that the report is written to when the JVM ends, instead of what is there. A"
          + " relative path starts at the working directory of the JVM."),
  HTTP_PORT(
      new SettingType.Port(),
      "none",
      "The port where the agent answers `/metrics` for Prometheus, `/health` and `/report`; with"
          + " `none` it opens no port. `0` takes any that is free, and the log says which."),
  HTTP_ADDRESS(
      new SettingType.Host(),
      "127.0.0.1",
      "The address that it listens at: this machine alone, unless told otherwise. What is sent is"
          + " not encrypted, the token included."),
  HTTP_TOKEN(
      new SettingType.Secret(),
      "none",
      "The bearer token that every HTTP request has to show; one is needed with"
          + " `tenantpool.http-port`. It is never printed."),
  HTTP_TOKEN_FILE(
      new SettingType.FileName(),
      "none",
      "A file that holds the token, so that it stands neither on the command line nor in the"
          + " environment. It is read at the start."),
  METRICS_TENANT_TAGS(
      "metrics.tenant-tags",
      new SettingType.Tags(),
      "top:100",
      "Which live tenants of each server have time series of their own under `/metrics` and meters"
          + " in the application's registry: `all`, the `top:N` with the most borrows, or `none`."),
  APPLICATION_METERS(
      new SettingType.Flag(),
      "true",
      "Whether the figures are also meters in the application's own Micrometer, in"
          + " `Metrics.globalRegistry`, where it has one: in Spring Boot under"
          + " `/actuator/prometheus`.");

  /** What every property's name begins with. */
  static final String PROPERTY_PREFIX = "tenantpool.";

  /** What every environment variable's name begins with. */
  static final String ENVIRONMENT_PREFIX = "TENANTPOOL_";

  private final SettingType type;
  private final String defaultText;
  private final String help;
  private final String argument;
  private final String property;
  private final String environment;

  SettingKey(SettingType type, String defaultText, String help) {
    this("", type, defaultText, help);
  }

  /** With a name that has dots; an empty one is made from that of the constant. */
  // Runs before the application's main: concat, because a first "+" costs some 10 ms.
  SettingKey(String argument, SettingType type, String defaultText, String help) {
    this.type = type;
    this.defaultText = defaultText;
    this.help = help;
    this.argument =
        argument.isEmpty() ? name().toLowerCase(Locale.ROOT).replace('_', '-') : argument;
    this.property = "tenantpool.".concat(this.argument);
    this.environment = "TENANTPOOL_".concat(name());
  }

  /** The name of the system property, and of the line in the file: {@code tenantpool.urls}. */
  public String property() {
    return property;
  }

  /** The name of the environment variable: {@code TENANTPOOL_URLS}. */
  public String environment() {
    return environment;
  }

  /** The name among the agent's arguments: {@code urls}. */
  public String argument() {
    return argument;
  }

  /** Whether an operator may change it while the application runs. */
  public boolean isChangeable() {
    return switch (this) {
      case MODE,
          MAX_CONNECTIONS,
          RESERVED_CONNECTIONS,
          MAX_CONNECTIONS_PER_TENANT,
          TENANT_CAP,
          TENANT_LIMITS,
          EVICTION_ORDER,
          LENDING_ORDER,
          SERVER_LIMIT,
          MAX_WAITING,
          ACQUIRE_TIMEOUT,
          MAX_IDLE_TIME,
          MAX_LIFETIME,
          CIRCUIT_BREAKER,
          LEAK_DETECTION_THRESHOLD,
          LOG_LEVEL ->
          true;
      default -> false;
    };
  }

  /** What kind of value it has, and which ones it takes. */
  public SettingType type() {
    return type;
  }

  /** The value when nobody sets one, written as an operator would. */
  public String defaultText() {
    return defaultText;
  }

  /** What it means, for an operator: one or two sentences of Markdown. */
  public String help() {
    return help;
  }
}
