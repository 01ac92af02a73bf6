package io.tenantpool.it.datasources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Connections for distributed transactions are the driver's own: never pooled, never taken away,
 * but counted. Red as soon as one of them is pooled: then none is counted as bypassed, and a branch
 * that has lost its session cannot be ended.
 */
final class XaTest {

  @Test
  void aBranchKeepsItsSessionWhileOtherTenantsNeedEveryPermit() throws Exception {
    TestPostgres server = TestPostgres.shared();
    String user = server.createUser("xa", "secret");
    List<String> databases = server.createDatabases("xa", 4);
    server.give(databases.get(0), user);
    server.execute(databases.get(0), "CREATE TABLE t (id int)", "GRANT ALL ON t TO " + user);
    List<String> arguments = new ArrayList<>();
    arguments.add(server.url("%s") + "?user=" + user + "&password=secret");
    arguments.addAll(databases);
    ChildJvm jvm =
        ChildJvm.of(XaProgram.class, arguments.toArray(String[]::new))
            .agent(true)
            .setting("max-connections", 2)
            .setting("max-connections-per-tenant", 1)
            .setting("tenant-cap", "hard");
    assertEquals(
        List.of(
            "bypassed: 2",
            "after one phase: 1",
            "the same session: true",
            "vote: 0",
            "bypassed: 1",
            "recovered: 1",
            "after two phases: 3",
            "after a rollback: 3",
            "to recover: 0",
            "bypassed: 0"),
        jvm.run().succeeded().out());
  }
}
