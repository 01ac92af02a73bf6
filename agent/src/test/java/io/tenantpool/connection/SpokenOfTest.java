package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenOfTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT setseed(0.5) | 1",
        "SET SEED = 0.1 | 1",
        "set seed to 0.1 | 1",
        "SELECT seeds FROM plants | 1",
        "SELECT pg_advisory_lock(1) | 2",
        "SELECT PG_TRY_ADVISORY_LOCK_SHARED(1) | 2",
        "SELECT pg_advisory_xact_lock(1) | 0",
        "SELECT pg_advisory_unlock(1) | 0",
        "LISTEN jobs | 4",
        "listen \"Jobs\" | 4",
        "/* a */listen/* b */jobs | 4",
        "UNLISTEN jobs | 0",
        "SELECT listened, listen_to FROM music | 0",
        "SELECT 1 AS listen | 0",
        "SET ROLE admin | 8",
        "set local role admin | 8",
        "SET SESSION ROLE admin | 8",
        "RESET ROLE | 8",
        "SELECT set_config('role', 'admin', false) | 8",
        "SELECT role, role_id, parole FROM users WHERE role = 'set' | 0",
        "UPDATE users SET role_id = 1 | 0",
        "SET SESSION AUTHORIZATION admin | 16",
        "RESET SESSION AUTHORIZATION | 16",
        "SET session_authorization TO admin | 16",
        "SELECT authorization FROM payments | 0",
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE | 32",
        "SET application_name = 'x' | 64",
        "SET seed TO 1; LISTEN a | 5",
        "SELECT pg_create_physical_replication_slot('a', true, true) | 128",
        "SELECT pg_create_logical_replication_slot('a', 'pgoutput', true) | 128",
        "SELECT pg_replication_origin_session_setup('a') | 128",
        "SELECT pg_backup_start('a') | 128",
        "SELECT pg_start_backup('a', true, false) | 128",
        "SELECT slot_name FROM pg_replication_slots | 0",
        "SELECT 1 | 0",
        "see | 0",
        "`` | 0",
        "role | 0",
        "listen | 0",
      })
  void aStatementSpeaksOfItWhateverItsCase(String sql, int spoken) {
    assertEquals(spoken, SpokenOf.in(sql));
  }

  @Test
  void noSqlSpeaksOfNothing() {
    assertEquals(0, SpokenOf.in(null));
  }
}
