package io.tenantpool.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.hibernate.HibernateBooks;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Hibernate's multi-tenancy with a database or a schema for each tenant, over its own pool and over
 * its HikariCP.
 */
final class HibernateTest {

  private static final int UNITS_OF_WORK = Program.TENANTS * 80;

  @Test
  void tenantsWithDatabasesOnHibernatesOwnPools() throws Exception {
    databases("DRIVER_MANAGER");
  }

  @Test
  void tenantsWithDatabasesOnHibernatesHikariPools() throws Exception {
    databases("HIKARI");
  }

  @Test
  void tenantsWithSchemasOnHibernatesOwnPool() throws Exception {
    schemas("DRIVER_MANAGER");
  }

  @Test
  void tenantsWithSchemasOnHibernatesHikariPool() throws Exception {
    schemas("HIKARI");
  }

  private static void databases(String kind) throws SQLException {
    BothWays runs =
        Program.of(HibernateBooks.class, "databases", kind)
            .with(jars())
            .prepared(table("invoice"))
            .runBothWays();
    assertEquals(expected(), runs.lines());
    runs.everyDatabaseSays("3520", "SELECT sum(amount) FROM invoice");
    runs.leasesWereShared(UNITS_OF_WORK);
  }

  private static void schemas(String kind) throws SQLException {
    List<String> sql = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      String schema = "tenant" + tenant;
      sql.add("CREATE SCHEMA " + schema);
      sql.add(table(schema + ".invoice"));
    }
    BothWays runs =
        Program.of(HibernateBooks.class, "schemas", kind)
            .with(jars())
            .inOneDatabase()
            .prepared(sql.toArray(String[]::new))
            .runBothWays();
    assertEquals(expected(), runs.lines());
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      String schema = "tenant" + tenant;
      runs.everyDatabaseSays("3520", "SELECT sum(amount) FROM " + schema + ".invoice");
      runs.everyDatabaseSays(schema, "SELECT min(tenant) FROM " + schema + ".invoice");
    }
    runs.leasesWereShared(UNITS_OF_WORK);
  }

  private static String table(String name) {
    return "CREATE TABLE "
        + name
        + " (number integer PRIMARY KEY, tenant text, amount integer, version integer)";
  }

  /** 40 invoices over 100 to 139, but no fifth; then 10 were paid of each. */
  private static List<String> expected() {
    List<String> expected = new ArrayList<>();
    for (int tenant = 0; tenant < Program.TENANTS; tenant++) {
      String name = "tenant" + tenant;
      expected.add(name + " [32, 3520, " + name + ", " + name + "] 32");
    }
    return expected;
  }

  private static List<Path> jars() {
    return Jars.hikari(
        "hibernate-",
        "jakarta.persistence-",
        "jakarta.transaction-",
        "jakarta.inject-",
        "jakarta.xml.bind-",
        "jakarta.activation-",
        "jboss-logging-",
        "byte-buddy-",
        "jaxb-core-",
        "jaxb-runtime-",
        "angus-activation-",
        "istack-",
        "txw2-",
        "antlr4-runtime-");
  }
}
