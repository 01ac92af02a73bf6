package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;

/** Keys that the server generated. */
final class GeneratedKeyCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id serial PRIMARY KEY, s text)";
  private static final String INSERT = "INSERT INTO t (s) VALUES ('a'), ('b')";

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "all generated columns",
            scene -> {
              Statement statement = scene.openAfter(TABLE).createStatement();
              int count = statement.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
              return List.of(count, Description.of(statement.getGeneratedKeys()));
            })
        .add(
            "one generated column by name",
            scene -> {
              PreparedStatement statement =
                  scene.openAfter(TABLE).prepareStatement(INSERT, new String[] {"id"});
              return List.of(
                  statement.executeUpdate(),
                  Description.of(statement.getGeneratedKeys()),
                  statement.getGeneratedKeys().getStatement() == statement);
            })
        .add(
            "a generated column that is missing",
            scene ->
                scene
                    .openAfter(TABLE)
                    .prepareStatement(INSERT, new String[] {"nosuch"})
                    .executeUpdate())
        .add(
            "generated columns by number",
            scene -> {
              Connection connection = scene.openAfter(TABLE);
              return Attempt.of(
                  () -> connection.prepareStatement(INSERT, new int[] {1}).executeUpdate());
            })
        .add(
            "generated keys that nobody asked for",
            scene -> {
              Statement statement = scene.openAfter(TABLE).createStatement();
              statement.executeUpdate(INSERT);
              return statement.getGeneratedKeys();
            })
        .add(
            "generated keys of a batch",
            scene -> {
              PreparedStatement statement =
                  scene
                      .openAfter(TABLE)
                      .prepareStatement(
                          "INSERT INTO t (s) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
              for (String each : List.of("x", "y")) {
                statement.setString(1, each);
                statement.addBatch();
              }
              statement.executeBatch();
              return statement.getGeneratedKeys();
            });
  }
}
