package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;

/** {@link DatabaseMetaData}. */
final class MetaDataCases implements CaseTable.Cases {

  private static final String[] TABLES = {
    "CREATE TABLE parent (id int PRIMARY KEY, name varchar(40) NOT NULL)",
    "CREATE TABLE child (id bigserial PRIMARY KEY, parent int REFERENCES parent, v numeric(8,2))",
    "CREATE INDEX child_v ON child (v)",
    "CREATE VIEW both_of_them AS SELECT * FROM parent",
    "CREATE FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql AS $$ SELECT a + b $$"
  };

  /** One look at the metadata of a connection. */
  @FunctionalInterface
  private interface Look {
    Object at(DatabaseMetaData meta) throws Exception;
  }

  @Override
  public void addTo(CaseTable table) {
    look(table, "tables", m -> m.getTables(null, "fidelity", "%", null));
    look(table, "views by type", m -> m.getTables(null, "fidelity", "%", new String[] {"VIEW"}));
    look(table, "columns", m -> m.getColumns(null, "fidelity", "%", "%"));
    look(table, "primary keys", m -> m.getPrimaryKeys(null, "fidelity", "child"));
    look(table, "imported keys", m -> m.getImportedKeys(null, "fidelity", "child"));
    look(table, "exported keys", m -> m.getExportedKeys(null, "fidelity", "parent"));
    look(table, "indexes", m -> m.getIndexInfo(null, "fidelity", "child", false, true));
    look(
        table,
        "best row identifier",
        m -> m.getBestRowIdentifier(null, "fidelity", "child", 1, true));
    look(table, "functions", m -> functionNames(m.getFunctions(null, "fidelity", "%")));
    look(table, "schemas", m -> m.getSchemas(null, "fid%"));
    look(table, "catalogs", m -> m.getCatalogs().getMetaData().getColumnLabel(1));
    look(table, "table types", DatabaseMetaData::getTableTypes);
    look(table, "types", m -> m.getTypeInfo().getMetaData().getColumnCount());
    look(table, "client info properties", DatabaseMetaData::getClientInfoProperties);
    look(
        table,
        "product and driver",
        m ->
            List.of(
                m.getDatabaseProductName(),
                m.getDatabaseProductVersion(),
                m.getDatabaseMajorVersion(),
                m.getDriverName(),
                m.getDriverVersion(),
                m.getDriverMajorVersion(),
                m.getJDBCMajorVersion(),
                m.getJDBCMinorVersion()));
    look(table, "URL and user", m -> List.of(m.getURL(), m.getUserName(), m.isReadOnly()));
    look(
        table,
        "what is supported",
        m ->
            List.of(
                m.supportsBatchUpdates(),
                m.supportsSavepoints(),
                m.supportsRefCursors(),
                m.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE),
                m.supportsResultSetConcurrency(1005, 1008),
                m.getDefaultTransactionIsolation(),
                m.getResultSetHoldability(),
                m.getMaxConnections() > 0,
                m.getIdentifierQuoteString(),
                m.getNumericFunctions()));
    look(
        table,
        "where metadata leads",
        m -> {
          ResultSet rows = m.getTableTypes();
          return List.of(
              m.getConnection().getMetaData().getConnection() == m.getConnection(),
              rows.getStatement().getConnection() == m.getConnection(),
              m.getConnection().isClosed());
        });
    look(
        table,
        "metadata unwrapped",
        m ->
            Arrays.asList(
                m.isWrapperFor(DatabaseMetaData.class),
                m.unwrap(DatabaseMetaData.class) == m,
                Attempt.of(() -> m.unwrap(Runnable.class))));
    look(
        table,
        "metadata asked of the server on a closed connection",
        m -> {
          m.getConnection().close();
          return Attempt.of(m::getTableTypes)
              + Attempt.of(() -> m.getTables(null, null, "%", null));
        });
  }

  private static void look(CaseTable table, String name, Look look) {
    table.add("metadata: " + name, scene -> look.at(scene.openAfter(TABLES).getMetaData()));
  }

  /** The names alone: the specific name holds an OID. */
  private static String functionNames(ResultSet rows) throws Exception {
    StringBuilder names = new StringBuilder();
    while (rows.next()) {
      names.append(rows.getString("FUNCTION_NAME")).append(rows.getShort("FUNCTION_TYPE"));
    }
    return names.toString();
  }
}
