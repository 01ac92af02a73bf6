package io.tenantpool.interception;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** For libraries that want the name of a driver's class: passes on to the driver that was given. */
public final class GivenDriver extends StubDriver {

  private static volatile @Nullable Driver given;

  /** From now on, all drivers of this class pass on to {@code driver}. */
  static void is(@Nullable Driver driver) {
    given = driver;
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Driver driver = given;
    return driver == null ? null : driver.connect(url, info);
  }
}
