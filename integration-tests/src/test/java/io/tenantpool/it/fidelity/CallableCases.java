package io.tenantpool.it.fidelity;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;

/** {@link CallableStatement}: functions, procedures, out parameters. */
final class CallableCases implements CaseTable.Cases {

  private static final String ADD =
      "CREATE FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql AS $$ SELECT a + b $$";
  private static final String TWO =
      "CREATE FUNCTION two(a int, OUT b int, OUT c text) LANGUAGE sql"
          + " AS $$ SELECT a * 2, 'c' || a $$";
  private static final String PROCEDURE =
      "CREATE PROCEDURE twice(INOUT a int) LANGUAGE plpgsql AS $$ BEGIN a := a * 2; END $$";

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "a function called",
            scene -> {
              CallableStatement call = scene.openAfter(ADD).prepareCall("{? = call plus(?, ?)}");
              call.registerOutParameter(1, Types.INTEGER);
              call.setInt(2, 40);
              call.setInt(3, 2);
              return Arrays.asList(
                  call.execute(), call.getInt(1), call.wasNull(), call.getObject(1));
            })
        .add(
            "a function with out parameters",
            scene -> {
              CallableStatement call = scene.openAfter(TWO).prepareCall("{call two(?, ?, ?)}");
              call.setInt(1, 4);
              call.registerOutParameter(2, Types.INTEGER);
              call.registerOutParameter(3, Types.VARCHAR);
              call.execute();
              return List.of(call.getInt(2), call.getString(3));
            })
        .add(
            "an out parameter of another type",
            scene -> {
              CallableStatement call = scene.openAfter(ADD).prepareCall("{? = call plus(?, ?)}");
              call.registerOutParameter(1, Types.VARCHAR);
              call.setInt(2, 40);
              call.setInt(3, 2);
              return call.execute();
            })
        .add(
            "an out parameter read before the call",
            scene -> {
              CallableStatement call = scene.openAfter(ADD).prepareCall("{? = call plus(?, ?)}");
              call.registerOutParameter(1, Types.INTEGER);
              return List.of(
                  Attempt.of(() -> call.getInt(1)), Attempt.of(() -> call.getInt("name")));
            })
        .add(
            "a procedure called",
            scene -> {
              Connection connection = scene.open("&escapeSyntaxCallMode=callIfNoReturn");
              connection.createStatement().execute(PROCEDURE);
              CallableStatement call = connection.prepareCall("{call twice(?)}");
              call.setInt(1, 21);
              call.registerOutParameter(1, Types.INTEGER);
              call.execute();
              return call.getInt(1);
            })
        .add(
            "a function that is missing",
            scene -> {
              CallableStatement call = scene.open().prepareCall("{? = call nosuch(?)}");
              call.registerOutParameter(1, Types.INTEGER);
              call.setInt(2, 1);
              return call.execute();
            })
        .add(
            "a function that returns a cursor",
            scene -> {
              Connection connection =
                  scene.openAfter(
                      "CREATE FUNCTION f() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE"
                          + " c refcursor := 'mine'; BEGIN OPEN c FOR SELECT 8 AS eight;"
                          + " RETURN c; END $$");
              connection.setAutoCommit(false);
              CallableStatement call = connection.prepareCall("{? = call f()}");
              call.registerOutParameter(1, Types.REF_CURSOR);
              call.execute();
              ResultSet rows = (ResultSet) call.getObject(1);
              return Description.rows(rows);
            })
        .add(
            "an error raised by a function",
            scene -> {
              Connection connection =
                  scene.openAfter(
                      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                          + " 'no %', 7 USING ERRCODE = 'P0042', HINT = 'try 8'; END $$");
              return connection.prepareCall("{call f()}").execute();
            })
        .add(
            "calls on a closed callable statement",
            scene -> {
              CallableStatement call = scene.openAfter(ADD).prepareCall("{? = call plus(?, ?)}");
              call.close();
              return List.of(
                  Attempt.step(() -> call.registerOutParameter(1, Types.INTEGER)),
                  Attempt.of(() -> call.getInt(1)),
                  Attempt.of(call::execute));
            });
  }
}
