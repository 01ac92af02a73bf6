package io.tenantpool.interception;

import io.tenantpool.routing.Account;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How one application pool logs in to one account: with which credentials it did so last, and how
 * to ask it for those that it would use now. Thread-safe.
 */
final class PoolLogin {

  private final Account account;
  private final PoolQuestion question;
  private volatile @Nullable RoutedSource newest;
  private volatile boolean isRefused;

  PoolLogin(Account account, PoolQuestion question) {
    this.account = account;
    this.question = question;
  }

  /** Whether it is that for {@code other}, wherever that is opened. */
  boolean isFor(Account other) {
    return account.isSameElsewhere(other);
  }

  /**
   * The pool has presented the credentials of {@code source}, and they were right.
   *
   * @return the source for its next connections with these credentials
   */
  RoutedSource presented(RoutedSource source) {
    isRefused = false;
    RoutedSource before = newest;
    if (before != null && before.route().key().equals(source.route().key())) {
      return before;
    }
    newest = source;
    return source;
  }

  /** The source whose credentials were presented last; {@code own} when none were. */
  RoutedSource newest(RoutedSource own) {
    RoutedSource last = newest;
    return last == null ? own : last;
  }

  /**
   * Credentials other than those of {@code tried}, which were refused: presented by another thread
   * in the meantime, or what the pool would present now; null when there are none. Calls code of
   * the pool; nothing is opened by that.
   *
   * @param known whose were the newest ones at the beginning
   */
  @Nullable RoutedSource other(RoutedSource known, RoutedSource tried, SQLException refusal) {
    RoutedSource last = newest;
    if (last != null && last != known && !hasSameCredentials(last, tried)) {
      return last;
    }
    CredentialProbe.Presented now = question.ask(account, refusal);
    if (now == null) {
      return null;
    }
    RoutedSource asked = tried.presenting(now.route(), now.opener());
    return hasSameCredentials(asked, tried) ? null : asked;
  }

  private static boolean hasSameCredentials(RoutedSource one, RoutedSource other) {
    return one.route().key().withCredentialsOf(other.route().key()) == one.route().key();
  }

  /** A login was refused, whatever the pool presents. */
  void refused() {
    isRefused = true;
  }

  /** There is a session. */
  void accepted() {
    if (isRefused) {
      isRefused = false;
    }
  }

  boolean isRefused() {
    return isRefused;
  }
}
