package io.tenantpool.pool;

import io.tenantpool.routing.Account;
import io.tenantpool.routing.PoolKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials of one account the server has accepted, and which of those are <em>proven</em>:
 * accepted in a real login, and not put in doubt since. Only proven ones open the sessions that are
 * there; all others have to log in.
 *
 * <p>When the server accepts credentials that were not known before, the password may have been
 * changed: all others are in doubt, until they have logged in again. Two tokens that are valid
 * together have each passed that once, and are proven side by side from then on.
 *
 * <p>Not thread-safe: the server's lock guards it.
 */
final class ProvenLogins {

  /** More tokens at a time than any account has; the oldest one is forgotten. */
  static final int MOST = 8;

  /** After so many proofs it is known that others are accepted beside these. */
  private static final int SETTLED = 2;

  private static final class Login {
    final PoolKey credentials;
    boolean proven;
    int proofs;

    Login(PoolKey credentials) {
      this.credentials = credentials;
    }
  }

  private final Account account;
  private final List<Login> known = new ArrayList<>(1);
  private int doubts;

  ProvenLogins(Account account) {
    this.account = account;
  }

  /** Whose they are. */
  Account account() {
    return account;
  }

  /** Whether {@code key} presents proven credentials of this account. */
  boolean admits(PoolKey key) {
    for (int i = 0; i < known.size(); i++) {
      Login login = known.get(i);
      if (login.proven && login.credentials.equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** Grows with every proof and every doubt; a login says at its end what this was before it. */
  int doubts() {
    return doubts;
  }

  /**
   * A login with the credentials of {@code key} has succeeded.
   *
   * @param doubtsBefore {@link #doubts} before it: what has begun before others were proven, or all
   *     were put in doubt, proves nothing about the time after that
   */
  void accepted(PoolKey key, int doubtsBefore) {
    boolean current = doubtsBefore == doubts;
    Login login = find(key);
    if (login == null) {
      login = new Login(key);
      doubtOthers(Integer.MAX_VALUE);
      // Also without others: the login of one may be under way.
      doubts++;
      add(login);
    } else if (login.proven || !current) {
      return;
    } else {
      // Others that have come back from a doubt before are valid beside this one.
      doubtOthers(SETTLED);
      doubts++;
    }
    if (current) {
      login.proven = true;
      login.proofs++;
    }
  }

  /** The server has refused a login with the credentials of {@code key}. */
  void refused(PoolKey key) {
    known.removeIf(login -> login.credentials.equals(key));
  }

  /** All have to log in again. */
  void doubtAll() {
    doubtOthers(Integer.MAX_VALUE);
    // Also without any: a login may be under way.
    doubts++;
  }

  private void doubtOthers(int proofs) {
    for (Login other : known) {
      if (other.proven && other.proofs < proofs) {
        other.proven = false;
        doubts++;
      }
    }
  }

  private void add(Login login) {
    if (known.size() == MOST) {
      known.remove(0);
    }
    known.add(login);
  }

  private @Nullable Login find(PoolKey key) {
    for (Login login : known) {
      if (login.credentials.equals(key)) {
        return login;
      }
    }
    return null;
  }

  /** Never with whose help. */
  @Override
  public String toString() {
    return known.size() + " logins of " + account;
  }
}
