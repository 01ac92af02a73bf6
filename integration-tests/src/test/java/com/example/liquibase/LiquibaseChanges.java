package com.example.liquibase;

import com.example.tenants.HikariPools;
import com.example.tenants.Tenants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;

/**
 * Changes every tenant's database, takes the last changes back and makes them again: tenants with
 * an even number through a connection of their own, the others through their pools. Arguments:
 * those of {@link Tenants}.
 */
public final class LiquibaseChanges {

  private LiquibaseChanges() {}

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(arguments);
    try (HikariPools pools = new HikariPools(tenants)) {
      // One after the other: Liquibase is not made for several threads.
      for (int tenant = 0; tenant < tenants.count(); tenant++) {
        int[] rows = change(tenants, pools, tenant);
        System.out.println(
            tenants.name(tenant) + " " + rows[0] + ", taken back " + rows[1] + ", " + rows[2]);
      }
    }
  }

  private static int[] change(Tenants tenants, HikariPools pools, int tenant) throws Exception {
    int[] rows = new int[3];
    run(
        open(tenants, pools, tenant),
        UpdateCommandStep.COMMAND_NAME[0],
        Map.of(ShowSummaryArgument.SHOW_SUMMARY.getName(), UpdateSummaryEnum.OFF));
    rows[0] = customers(open(tenants, pools, tenant));
    run(
        open(tenants, pools, tenant),
        RollbackCountCommandStep.COMMAND_NAME[0],
        Map.of(RollbackCountCommandStep.COUNT_ARG.getName(), 2));
    rows[1] = customers(open(tenants, pools, tenant));
    run(
        open(tenants, pools, tenant),
        UpdateCommandStep.COMMAND_NAME[0],
        Map.of(ShowSummaryArgument.SHOW_SUMMARY.getName(), UpdateSummaryEnum.OFF));
    rows[2] = customers(open(tenants, pools, tenant));
    return rows;
  }

  private static Connection open(Tenants tenants, HikariPools pools, int tenant)
      throws SQLException {
    return tenant % 2 == 0
        ? DriverManager.getConnection(tenants.url(tenant), tenants.user(), tenants.password())
        : pools.of(tenant).getConnection();
  }

  private static void run(Connection connection, String command, Map<String, Object> more)
      throws Exception {
    try (connection) {
      Database database =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      Map<String, Object> scope = new HashMap<>();
      scope.put(Scope.Attr.ui.name(), new LoggerUIService());
      Scope.child(
          scope,
          () -> {
            CommandScope step = new CommandScope(command);
            step.addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database);
            step.addArgumentValue(
                DatabaseChangelogCommandStep.CHANGELOG_FILE_ARG,
                "com/example/liquibase/changes.sql");
            more.forEach(step::addArgumentValue);
            step.execute();
          });
    }
  }

  private static int customers(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM customer")) {
      result.next();
      return result.getInt(1);
    }
  }
}
