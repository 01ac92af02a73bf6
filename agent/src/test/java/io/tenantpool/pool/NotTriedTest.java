package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is not let connect is told what the last one met, and whether to try again later. */
class NotTriedTest {

  private static SQLException told(@Nullable SQLException cause, @Nullable String sqlState) {
    return new NotTried(cause, sqlState, 7, "refused", 5, 2_000_000, 3_000_000)
        .exception("db:5432", "acme");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "53300", "57P01", "57P03"})
  void whatTheServersStateMayMendIsTransient(String sqlState) {
    assertSame(SQLTransientConnectionException.class, told(null, sqlState).getClass());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"28P01", "3D000", "42501", "XX000"})
  void whatIsWrongWithTheRequestIsNot(@Nullable String sqlState) {
    assertSame(SQLException.class, told(null, sqlState).getClass());
  }

  @Test
  void itCarriesWhatTheLastOneMet() {
    SQLException met = new SQLException("refused", "08001", 7);
    SQLException told = told(met, "08001");
    assertSame(met, told.getCause());
    assertEquals("08001", told.getSQLState());
    assertEquals(7, told.getErrorCode());
    String message = String.valueOf(told.getMessage());
    assertTrue(message.startsWith("refused (tenant-pool: not tried for tenant 'acme'"), message);
    assertTrue(message.contains("5 connects in a row failed since 2 ms ago"), message);
  }
}
