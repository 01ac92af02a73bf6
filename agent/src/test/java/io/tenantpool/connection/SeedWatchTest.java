package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedWatchTest {

  @ParameterizedTest
  @CsvSource({
    "SELECT setseed(0.5), true",
    "SET SEED = 0.1, true",
    "set seed to 0.1, true",
    "SELECT seeds FROM plants, true",
    "SELECT 1, false",
    "see, false",
    "'', false"
  })
  void aStatementSpeaksOfASeedWhateverItsCase(String sql, boolean speaks) {
    assertEquals(speaks, SeedWatch.isMentioned(sql));
  }
}
