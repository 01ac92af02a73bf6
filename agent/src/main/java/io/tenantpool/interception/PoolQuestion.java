package io.tenantpool.interception;

import io.tenantpool.routing.Account;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The question to one application pool: with which credentials would you connect now? Answered by
 * the pool's own creating method, so that a password that was set since, or a token that a
 * DataSource fetches for each connection, comes to light. What it asks of the driver is noted and
 * refused ({@link CredentialProbe}). Does not keep the pool alive.
 */
final class PoolQuestion {

  private final WeakReference<Object> pool;
  private final String library;
  private final Creations creations;

  PoolQuestion(Object pool, String library, Creations creations) {
    this.pool = new WeakReference<>(pool);
    this.library = library;
    this.creations = creations;
  }

  /**
   * What the pool would present now for {@code account}; null when that cannot be found out. On the
   * calling thread, in the time that the pool takes for it.
   *
   * @param refusal what the pool is told: the login that gave rise to the question
   */
  CredentialProbe.@Nullable Presented ask(Account account, SQLException refusal) {
    Object asked = pool.get();
    PoolLibrary known = PoolLibrary.named(library);
    if (asked == null || known == null || creations.isProbing()) {
      return null;
    }
    CredentialProbe probe = new CredentialProbe(account, refusal);
    creations.enterProbe(probe);
    try {
      known.createFor(asked);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError expected) {
      // The refusal, wrapped by reflection; or a pool whose inside is closed to us.
      return probe.presented();
    } finally {
      creations.leave();
    }
    return probe.presented();
  }
}
