package io.tenantpool.it.pools;

/** Something that an application does with its pools, and what it sees. */
@FunctionalInterface
interface PoolCase {

  /**
   * Does it, with pools of its own.
   *
   * @return what the application saw, the same at every run
   * @throws Exception as an outcome like any other
   */
  Object run(PoolScene scene) throws Exception;
}
