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
    /** Hands out what leads to the session, or changes the driver for good. */
    HANDS_OUT
  }

  private static final VendorCall HARMLESS = new VendorCall(Effect.NONE, null);
  private static final VendorCall CONCURRENT = new VendorCall(Effect.BESIDE, null);
  private static final VendorCall UNKNOWN = new VendorCall(Effect.HANDS_OUT, null);

  private static final Map<String, SessionProperty> POSTGRES_SETTERS =
      Map.of(
          "setPrepareThreshold", SessionProperty.PREPARE_THRESHOLD,
          "setDefaultFetchSize", SessionProperty.DEFAULT_FETCH_SIZE,
          "setQueryTimeout", SessionProperty.QUERY_TIMEOUT,
          "setAutosave", SessionProperty.AUTOSAVE,
          "setAdaptiveFetch", SessionProperty.ADAPTIVE_FETCH);

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

  static VendorCall of(Method method) {
    if (!Pgjdbc.owns(method.getDeclaringClass())) {
      return UNKNOWN;
    }
    String name = method.getName();
    if (name.equals("cancelQuery")) {
      return CONCURRENT;
    }
    SessionProperty property = POSTGRES_SETTERS.get(name);
    if (property != null) {
      return new VendorCall(Effect.TOUCHES, property);
    }
    return POSTGRES_HARMLESS.contains(name) ? HARMLESS : UNKNOWN;
  }
}
