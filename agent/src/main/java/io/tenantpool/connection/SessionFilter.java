package io.tenantpool.connection;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of one server something concerns: those in one of the databases, and of one of the
 * users. A session of which one of these is not known is concerned by all.
 *
 * @param databases null for any
 * @param users null for any
 * @param ownDatabase only those in the database of whoever says so, see {@link #seenFrom}
 */
public record SessionFilter(
    @Nullable Set<String> databases, @Nullable Set<String> users, boolean ownDatabase) {

  /** All of them. */
  static final SessionFilter ALL = new SessionFilter(null, null, false);

  /** Those in the database of whoever says so. */
  static final SessionFilter OWN_DATABASE = new SessionFilter(null, null, true);

  /** Those in that database. */
  public static SessionFilter ofDatabase(String database) {
    return new SessionFilter(Set.of(database), null, false);
  }

  /** Those in one of the databases; all when their names are not known. */
  static SessionFilter ofDatabases(@Nullable Set<String> databases) {
    return databases == null ? ALL : new SessionFilter(databases, null, false);
  }

  /** Those of one of the users; all when their names are not known. */
  static SessionFilter ofUsers(@Nullable Set<String> users) {
    return users == null ? ALL : new SessionFilter(null, users, false);
  }

  /** Whether it names databases or users. */
  public boolean isNamed() {
    return databases != null || users != null;
  }

  /** The same for somebody whose session is in {@code database}. */
  public SessionFilter seenFrom(String database) {
    if (!ownDatabase) {
      return this;
    }
    return database.isEmpty() ? ALL : ofDatabase(database);
  }

  /** Whether the session of {@code user} in {@code database} is one of these. */
  public boolean concerns(String database, String user) {
    return (databases == null || database.isEmpty() || databases.contains(database))
        && (users == null || user.isEmpty() || users.contains(user));
  }

  /** Those of both. */
  SessionFilter or(SessionFilter other) {
    if (equals(other)) {
      return this;
    }
    boolean comparable = !ownDatabase && !other.ownDatabase;
    if (comparable && users == null && other.users == null) {
      return ofDatabases(union(databases, other.databases));
    }
    if (comparable && databases == null && other.databases == null) {
      return ofUsers(union(users, other.users));
    }
    return ALL;
  }

  private static @Nullable Set<String> union(
      @Nullable Set<String> some, @Nullable Set<String> others) {
    if (some == null || others == null) {
      return null;
    }
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
