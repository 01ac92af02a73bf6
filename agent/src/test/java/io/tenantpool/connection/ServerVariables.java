package io.tenantpool.connection;

import java.util.ArrayList;
import java.util.List;

/** Server variables, each with a value that is not the default of the test server. */
final class ServerVariables {

  private static final String[] VARIABLES = {
    "application_name", "dirty",
    "array_nulls", "off",
    "backend_flush_after", "64kB",
    "backslash_quote", "on",
    "bytea_output", "escape",
    "check_function_bodies", "off",
    "client_min_messages", "error",
    "commit_delay", "10",
    "commit_siblings", "7",
    "constraint_exclusion", "on",
    "cpu_index_tuple_cost", "0.01",
    "cpu_operator_cost", "0.005",
    "cpu_tuple_cost", "0.02",
    "cursor_tuple_fraction", "0.2",
    "DateStyle", "ISO, DMY",
    "deadlock_timeout", "2s",
    "debug_pretty_print", "off",
    "default_statistics_target", "50",
    "default_text_search_config", "pg_catalog.simple",
    "default_transaction_deferrable", "on",
    "default_transaction_isolation", "serializable",
    "default_transaction_read_only", "on",
    "effective_cache_size", "1GB",
    "enable_async_append", "off",
    "enable_bitmapscan", "off",
    "enable_gathermerge", "off",
    "enable_hashagg", "off",
    "enable_hashjoin", "off",
    "enable_incremental_sort", "off",
    "enable_indexonlyscan", "off",
    "enable_indexscan", "off",
    "enable_material", "off",
    "enable_memoize", "off",
    "enable_mergejoin", "off",
    "enable_nestloop", "off",
    "enable_parallel_append", "off",
    "enable_parallel_hash", "off",
    "enable_partition_pruning", "off",
    "enable_partitionwise_aggregate", "on",
    "enable_partitionwise_join", "on",
    "enable_seqscan", "off",
    "enable_sort", "off",
    "enable_tidscan", "off",
    "extra_float_digits", "0",
    "from_collapse_limit", "5",
    "geqo", "off",
    "geqo_effort", "3",
    "geqo_threshold", "14",
    "gin_fuzzy_search_limit", "100",
    "gin_pending_list_limit", "1MB",
    "hash_mem_multiplier", "1.5",
    "idle_in_transaction_session_timeout", "10min",
    "idle_session_timeout", "1h",
    "IntervalStyle", "iso_8601",
    "join_collapse_limit", "4",
    "lo_compat_privileges", "on",
    "lock_timeout", "5s",
    "log_duration", "on",
    "log_min_duration_statement", "1h",
    "log_statement", "ddl",
    "maintenance_work_mem", "32MB",
    "max_parallel_workers_per_gather", "0",
    "min_parallel_table_scan_size", "1MB",
    "parallel_leader_participation", "off",
    "parallel_setup_cost", "500",
    "plan_cache_mode", "force_generic_plan",
    "quote_all_identifiers", "on",
    "random_page_cost", "2",
    "row_security", "off",
    "search_path", "other",
    "seq_page_cost", "2",
    "session_replication_role", "replica",
    "statement_timeout", "30s",
    "stats_fetch_consistency", "none",
    "synchronize_seqscans", "off",
    "synchronous_commit", "local",
    "temp_file_limit", "1GB",
    "TimeZone", "Asia/Tokyo",
    "timezone_abbreviations", "India",
    "track_activities", "off",
    "transaction_timeout", "10min",
    "transform_null_equals", "on",
    "vacuum_cost_delay", "1",
    "work_mem", "8MB",
    "xmlbinary", "hex",
    "xmloption", "document",
  };

  private ServerVariables() {}

  /** All that can be set at once in one session. */
  static List<SessionKind> kinds() {
    List<SessionKind> kinds = new ArrayList<>();
    for (int i = 0; i < VARIABLES.length; i += 2) {
      String variable = VARIABLES[i];
      kinds.add(
          new SessionKind(
              variable,
              SessionKind.sql("SET " + variable + " = '" + VARIABLES[i + 1] + "'"),
              SessionKind.query("SELECT current_setting('" + variable + "')")));
    }
    return kinds;
  }
}
