package io.tenantpool.it.fidelity;

import org.jspecify.annotations.Nullable;

/** Some JDBC calls, and what came of them. */
@FunctionalInterface
interface FidelityCase {

  /**
   * Makes the calls on a scene of its own. What it returns and what it throws are described by
   * {@link Description}.
   *
   * @throws Exception as an outcome like any other
   */
  @Nullable Object run(Scene scene) throws Exception;
}
