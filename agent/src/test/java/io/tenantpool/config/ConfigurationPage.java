package io.tenantpool.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes {@code docs/configuration.md} of the keys. */
final class ConfigurationPage {

  private static final String BEFORE_TABLE =
      """
      # Configuration

      <!-- Made from SettingKey by ConfigurationPage; docs/contributing.md says how. Do not edit. -->

      Nothing needs to be set: with `-javaagent:tenant-pool-agent.jar` alone, all PostgreSQL connections of the JVM share
      one budget of 100 per server.

      | property | default | allowed | at run time | meaning |
      |---|---|---|---|---|
      """;

  private static final String AFTER_TABLE =
      """

      ## Where settings come from

      What stands under "at run time" can be changed while the application runs, over JMX: `changeSetting` of the
      `PoolManager`, or one of its writable attributes ([monitoring.md](monitoring.md)). It is checked as at the start, holds
      until the JVM ends, and wins over all others. Of those, whoever stands first wins:

      1. a system property: `-Dtenantpool.max-connections=50`
      2. an agent argument, without the prefix: `-javaagent:tenant-pool-agent.jar=max-connections=50,acquire-timeout=5s`
      3. an environment variable, in capitals with underscores: `TENANTPOOL_MAX_CONNECTIONS=50`
      4. the properties file that `tenantpool.config` names in one of the ways above; every line of it is a setting, such
         as `tenantpool.max-connections=50`
      5. the default

      Names are exact. Blanks around a value do not matter, nor does the case of `true`, `none`, `info` and the like. An
      empty value is a mistake: leave the setting out, or write `none` where that is allowed.

      **Agent arguments** are separated by commas. A comma that belongs to a value may stand there as it is, unless what
      follows it looks like the next argument: a name of lower-case letters, digits and hyphens, and an equals sign. A
      value that holds such a comma must come from another source.

      ## Encrypted values

      Any value in the file may be encrypted, such as the token: `tenantpool.http-token=ENC(…)`. The command line makes it:

      ```
      java -jar tenant-pool-agent.jar encrypt --new-key --key-file=/etc/shop/tenant-pool.key tenantpool.http-token
      ```

      It reads the value from standard input, prints the line for the config file, and with `--new-key` makes the file with the key
      first, which nobody else may read. `tenantpool.config-key-file` names that file to the agent; where keys come by the environment,
      `TENANTPOOL_CONFIG_KEY` holds what stands in it. The cipher is AES-256 in Galois/Counter Mode, of the JDK. A value is bound to its
      setting: for another one it cannot be decrypted. Encrypted values are shown as `***`.

      The key file must be closed to other users: they may neither read nor write it, and its group may not write it. Otherwise the agent
      does not start. A token that stands plainly in a file that others can read is used, and one warning in the log says so
      (`setting-remark`). On Windows permissions are not looked at.

      ## When something is wrong

      The JVM stops before `main` with one message that lists every problem: an unknown name (with the nearest known one),
      a value out of range, a file that cannot be read, values that contradict each other. Nothing is corrected silently,
      and passwords are shown as `***`. Unknown means: any system property that begins with `tenantpool.`, any environment
      variable that begins with `TENANTPOOL_`, any agent argument, any line of the file. (Kubernetes defines such variables
      for a service named `tenantpool`; `enableServiceLinks: false` in the pod stops that.)

      These contradict each other:

      - more connections per tenant than `tenantpool.max-connections`
      - a reserve that leaves the tenants none of the budget, as soon as the reserve or `tenantpool.system-urls` is set

      With `tenantpool.enabled=false` nothing is checked and nothing is done.

      ## Durations

      A whole number and a unit: `ms`, `s`, `m` (minutes) or `h`, without a blank between them: `500ms`, `30s`, `5m`, `24h`.

      ## URL patterns

      A pattern starts with `jdbc:` and describes the whole URL; `{tenant}` may stand in it once.

      | in a pattern | stands for |
      |---|---|
      | `*` | any run of characters without `/` `?` `&` `;` `,`, also an empty one |
      | `**` | any run of characters, also an empty one |
      | `{tenant}` | one segment, not empty, without those characters; it names the tenant |
      | anything else | itself; scheme and hosts in any case, the rest as written |

      A pattern without `?` ignores the parameters of the URL. Patterns are separated by commas; a comma separates where
      `jdbc:` follows it, so a pattern may hold the commas of a multi-host URL.

      | pattern | matches |
      |---|---|
      | `jdbc:postgresql:**` | every PostgreSQL URL; the tenant is the database |
      | `jdbc:postgresql://db:5432/{tenant}` | every database of one server |
      | `jdbc:postgresql://*/tenant_{tenant}` | databases `tenant_…` on any single host; tenant `acme` for `tenant_acme` |
      | `jdbc:postgresql://a:5432,b:5432/{tenant}` | every database of one pair of hosts |
      | `jdbc:postgresql://**/shop?**currentSchema={tenant}**` | one database, a schema per tenant |

      ## Example

      ```properties
      # tenant-pool.properties, named by TENANTPOOL_CONFIG=/etc/shop/tenant-pool.properties
      tenantpool.urls = jdbc:postgresql://db:5432/{tenant}, jdbc:postgresql://db:5432/system
      tenantpool.system-urls = jdbc:postgresql://db:5432/system
      tenantpool.max-connections = 60
      tenantpool.reserved-connections = 5
      tenantpool.max-connections-per-tenant = 4
      tenantpool.acquire-timeout = 10s
      tenantpool.log-format = json
      ```
      """;

  private ConfigurationPage() {}

  /** The page as it should be. */
  static String text() {
    StringBuilder page = new StringBuilder(BEFORE_TABLE);
    for (SettingKey key : SettingKey.values()) {
      page.append("| `").append(key.property()).append("` | ");
      page.append(key.defaultText().equals(SettingType.NONE) ? "none" : code(key.defaultText()));
      page.append(" | ").append(key.type().allowed());
      page.append(" | ").append(key.isChangeable() ? "yes" : "");
      page.append(" | ").append(key.help()).append(" |\n");
    }
    return page.append(AFTER_TABLE).toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** The committed page, from wherever in the repository the JVM was started. */
  static Path file() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path docs = directory.resolve("docs");
      if (Files.isDirectory(docs) && Files.isDirectory(directory.resolve("bootstrap"))) {
        return docs.resolve("configuration.md");
      }
      directory = directory.getParent();
    }
    throw new IllegalStateException("to be started inside the repository");
  }

  /** Writes the page. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(file(), text());
  }
}
