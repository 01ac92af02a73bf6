package io.tenantpool.connection;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call on a driver's own connection interface or class leaves behind. Known for pgjdbc
 * ({@code PGConnection}, {@code BaseConnection}, {@code PgConnection}); any method that is not
 * named here may do anything.
 */
record VendorCall(Effect effect, @Nullable SessionProperty touches) {

  enum Effect {
    /** Leaves nothing that a reset does not clear. */
    NONE,
    /** Sets what the reset sets back. */
    TOUCHES,
    /** Made to be called while another thread is in a call. */
    BESIDE,
    /** Changes the driver's object for good: no reset takes it back. */
    CHANGES,
    /** Hands out what leads to the session. */
    HANDS_OUT
  }

  private static final VendorCall HARMLESS = new VendorCall(Effect.NONE, null);
  private static final VendorCall CONCURRENT = new VendorCall(Effect.BESIDE, null);
  private static final VendorCall CHANGING = new VendorCall(Effect.CHANGES, null);
  private static final VendorCall UNKNOWN = new VendorCall(Effect.HANDS_OUT, null);

  private static final Map<String, SessionProperty> POSTGRES_SETTERS =
      Map.of(
          "setPrepareThreshold", SessionProperty.PREPARE_THRESHOLD,
          "setDefaultFetchSize", SessionProperty.DEFAULT_FETCH_SIZE,
          "setQueryTimeout", SessionProperty.QUERY_TIMEOUT,
          "setAutosave", SessionProperty.AUTOSAVE,
          "setAdaptiveFetch", SessionProperty.ADAPTIVE_FETCH);

  private static final Set<String> POSTGRES_CHANGES =
      Set.of("addDataType", "setFlushCacheOnDeallocate");

  private static final Set<String> POSTGRES_SQL = Set.of("execSQLQuery", "execSQLUpdate");

  private static final Set<String> POSTGRES_HARMLESS =
      Set.of(
          "addWarning",
          "alterUserPassword",
          "binaryTransferSend",
          "createArrayOf",
          "encodeString",
          "escapeIdentifier",
          "escapeLiteral",
          "escapeString",
          "execSQLQuery",
          "execSQLUpdate",
          "getAdaptiveFetch",
          "getAutosave",
          "getBackendPID",
          "getConvertBooleanToNumeric",
          "getCursorName",
          "getDBVersionNumber",
          "getDefaultFetchSize",
          "getEncoding",
          "getForceBinary",
          "getHideUnprivilegedObjects",
          "getLogServerErrorDetail",
          "getLogger",
          "getNotifications",
          "getObject",
          "getParameterStatus",
          "getParameterStatuses",
          "getPreferQueryMode",
          "getPrepareThreshold",
          "getProtocolVersion",
          "getQueryTimeout",
          "getServerMajorVersion",
          "getServerMinorVersion",
          "getStandardConformingStrings",
          "getStringVarcharFlag",
          "getTransactionState",
          "getURL",
          "getUserName",
          "getXmlFactoryFactory",
          "haveMinimumServerVersion",
          "hintReadOnly",
          "isColumnSanitiserDisabled",
          "purgeTimerTasks");

  private static boolean isOfPostgres(Method method) {
    return Pgjdbc.owns(method.getDeclaringClass());
  }

  /** Whether it executes the SQL that is its first argument. */
  static boolean executes(Method method) {
    return isOfPostgres(method) && POSTGRES_SQL.contains(method.getName());
  }

  static VendorCall of(Method method) {
    if (!isOfPostgres(method)) {
      return UNKNOWN;
    }
    String name = method.getName();
    if (name.equals("cancelQuery")) {
      return CONCURRENT;
    }
    if (POSTGRES_CHANGES.contains(name)) {
      return CHANGING;
    }
    SessionProperty property = POSTGRES_SETTERS.get(name);
    if (property != null) {
      return new VendorCall(Effect.TOUCHES, property);
    }
    return POSTGRES_HARMLESS.contains(name) ? HARMLESS : UNKNOWN;
  }
}
