package io.tenantpool.routing;

import io.tenantpool.config.NotPooled;
import org.jspecify.annotations.Nullable;

/** Where a connection request goes. */
public sealed interface Route {

  /**
   * The request is served from the pool.
   *
   * @param server where connections count, such as {@code db:5432}
   * @param tenant whose connection it is, unique within its server
   * @param key whose session is wanted and with which credentials: only requests with an equal
   *     account ever meet on one physical connection
   * @param system whether the URL is one of {@code tenantpool.system-urls}, which may use the
   *     reserved part of the budget
   * @param singleStatement whether SQL of several statements in one call is refused
   */
  record Pooled(String server, String tenant, PoolKey key, boolean system, boolean singleStatement)
      implements Route {

    /** The same with the credentials of {@code other}. */
    public Pooled withCredentialsOf(Pooled other) {
      PoolKey presented = key.withCredentialsOf(other.key);
      return presented == key
          ? this
          : new Pooled(server, tenant, presented, system, singleStatement);
    }
  }

  /**
   * The request goes straight to the driver.
   *
   * @param server the server where that can be told, else null
   * @param reason why
   * @param detail the reason for the operator who reads the log, without secrets
   */
  record Bypass(@Nullable String server, NotPooled reason, String detail) implements Route {}
}
