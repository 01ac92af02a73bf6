package io.tenantpool.benchmarks.load;

/** The kinds of {@link Access}, as the application is told them. */
public enum AccessKind {
  DRIVER_MANAGER,
  POOL_FOR_EACH_TENANT,
  LRU_MAP_OF_POOLS;

  Access open(Tenants tenants, int budget) {
    return switch (this) {
      case DRIVER_MANAGER -> new ConnectionForEachUse(tenants);
      case POOL_FOR_EACH_TENANT -> new PoolForEachTenant(tenants);
      case LRU_MAP_OF_POOLS -> new LruMapOfPools(tenants, budget);
    };
  }
}
