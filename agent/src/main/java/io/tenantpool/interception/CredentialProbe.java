package io.tenantpool.interception;

import io.tenantpool.routing.Account;
import io.tenantpool.routing.Route;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Notes what an application pool presents for one account while its creating method runs to answer
 * a question. Belongs to its thread.
 */
final class CredentialProbe {

  /** What it would connect with. */
  record Presented(Route.Pooled route, DriverOpener opener) {}

  private final Account account;
  private final SQLException refusal;
  private @Nullable Presented presented;

  CredentialProbe(Account account, SQLException refusal) {
    this.account = account;
    this.refusal = refusal;
  }

  /**
   * Whether a request is the answer; others, such as those of a DataSource that reads a password
   * from a database, are none.
   */
  boolean isAnswer(Route.Pooled route) {
    return account.isSameElsewhere(route.key().account());
  }

  /**
   * Notes the answer.
   *
   * @return what the pool is told instead of a connection: the refusal of the login, which is the
   *     truth of the matter and does no harm where a pool keeps its last failure
   */
  SQLException note(Route.Pooled route, DriverOpener opener) {
    presented = new Presented(route, opener);
    return refusal;
  }

  @Nullable Presented presented() {
    return presented;
  }
}
