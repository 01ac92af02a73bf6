package io.tenantpool.interception;

import java.util.List;

/**
 * {@code PGXADataSource} of pgjdbc. A transaction branch is tied to its session from its start to
 * its prepare, whatever handles come and go meanwhile, so these connections are the driver's own.
 */
final class PgXaConnection implements PoolLibrary {

  @Override
  public String name() {
    return "PGXADataSource";
  }

  @Override
  public List<Boundary> boundaries() {
    return List.of(Boundary.bypasses("xa/PGXADataSource", "getXAConnection"));
  }
}
