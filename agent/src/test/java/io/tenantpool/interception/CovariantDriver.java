package io.tenantpool.interception;

import java.sql.Connection;
import java.util.Properties;

/** Declares a narrower return type, as MariaDB's driver does. */
public class CovariantDriver extends StubDriver {

  /** The narrower type. */
  public interface OwnConnection extends Connection {}

  @Override
  public OwnConnection connect(String url, Properties info) {
    return connection(OwnConnection.class);
  }
}
