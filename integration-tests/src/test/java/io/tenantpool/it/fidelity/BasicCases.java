package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** The calls that every program makes. */
final class BasicCases implements CaseTable.Cases {

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "a query",
            scene -> {
              try (Statement statement = scene.open().createStatement();
                  ResultSet rows = statement.executeQuery("SELECT 1 AS one, 'x' AS text")) {
                return Description.rows(rows);
              }
            })
        .add(
            "a prepared query",
            scene -> {
              try (PreparedStatement statement =
                  scene.open().prepareStatement("SELECT ?::int + 1")) {
                statement.setInt(1, 41);
                try (ResultSet rows = statement.executeQuery()) {
                  return Description.rows(rows);
                }
              }
            })
        .add(
            "close twice",
            scene -> {
              Connection connection = scene.open();
              connection.close();
              connection.close();
              return connection.isClosed();
            });
  }
}
