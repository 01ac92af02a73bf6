package io.tenantpool.routing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents: the {@link Account} whose session it wants, and the credentials for it.
 * Requests with different accounts never share a physical connection; those with different
 * credentials for one account do only if the server has accepted both.
 */
public final class PoolKey {

  private final Account account;

  /** Null when none was given. */
  private final @Nullable String password;

  /** The state of the files from which the driver reads credentials; empty for none. */
  private final String files;

  private final String displayUrl;

  /** What else is to live as long as this key. */
  private final @Nullable Object kept;

  PoolKey(Account account, @Nullable String password, String files, String displayUrl) {
    this(account, password, files, displayUrl, null);
  }

  PoolKey(
      Account account,
      @Nullable String password,
      String files,
      String displayUrl,
      @Nullable Object kept) {
    this.kept = kept;
    this.account = account;
    this.password = password;
    this.files = files;
    this.displayUrl = displayUrl;
  }

  /** Whose session is wanted. */
  public Account account() {
    return account;
  }

  /** This account with the credentials of {@code other}. */
  public PoolKey withCredentialsOf(PoolKey other) {
    return hasCredentialsOf(other)
        ? this
        : new PoolKey(account, other.password, other.files, displayUrl, kept);
  }

  private boolean hasCredentialsOf(PoolKey other) {
    return Objects.equals(other.password, password) && other.files.equals(files);
  }

  /** The user of the database as the driver is told; empty when it is told none. */
  public String user() {
    return account.user();
  }

  /** The database that a session of it is in; empty when the driver is told none. */
  public String database() {
    return account.database();
  }

  /** The URL without secrets, for people to read. */
  public String displayUrl() {
    return displayUrl;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof PoolKey key && hasCredentialsOf(key) && key.account.equals(account));
  }

  @Override
  public int hashCode() {
    return 31 * account.hashCode() + Objects.hashCode(password);
  }

  @Override
  public String toString() {
    return displayUrl;
  }
}
