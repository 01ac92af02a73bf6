package io.tenantpool.it.pools.library;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Agroal. It caches no statements. */
public final class Agroal implements PoolAdapter {

  /** For {@link PoolAdapter#named}. */
  public Agroal() {}

  @Override
  public DataSource open(PoolSettings settings) throws SQLException {
    return AgroalDataSource.from(configuration(settings));
  }

  @Override
  public DataSource openTesting(PoolSettings settings) throws SQLException {
    AgroalDataSourceConfigurationSupplier configuration = configuration(settings);
    configuration
        .connectionPoolConfiguration()
        .connectionValidator(ConnectionValidator.defaultValidator())
        .validateOnBorrow(true);
    return AgroalDataSource.from(configuration);
  }

  private static AgroalDataSourceConfigurationSupplier configuration(PoolSettings settings) {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier().metricsEnabled();
    configuration
        .connectionPoolConfiguration()
        .initialSize(settings.minimumIdle())
        .minSize(settings.minimumIdle())
        .maxSize(settings.maximum())
        .acquisitionTimeout(Duration.ofMillis(settings.timeoutMillis()))
        .connectionFactoryConfiguration()
        .jdbcUrl(settings.url())
        .principal(new NamePrincipal(settings.user()))
        .credential(new SimplePassword(settings.password()))
        .autoCommit(settings.autoCommit());
    return configuration;
  }

  @Override
  public int connections(DataSource pool) {
    AgroalDataSourceMetrics metrics = ((AgroalDataSource) pool).getMetrics();
    return (int) (metrics.activeCount() + metrics.availableCount());
  }

  @Override
  public void close(DataSource pool) {
    ((AgroalDataSource) pool).close();
  }

  @Override
  public boolean rollsBackOnReturn(boolean autoCommit) {
    return false;
  }
}
