package io.tenantpool.it.servers;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payara Micro, whose JDBC pool is that of Payara and GlassFish. Red as soon as an idle connection
 * of a pool has a socket, its initial SQL is not that of every session, or a handle that is used
 * after its transaction is answered wrongly.
 */
final class PayaraTest {

  @TempDir private Path directory;

  @Test
  void itsPoolsCostNoSocketsWhileTheyAreIdle() throws Exception {
    int port = ServerFiles.freePort();
    UnitsArchive.write(directory.resolve("app.war"), "jdbc/t");
    try (Tenants tenants = Tenants.create()) {
      Path commands = Files.writeString(directory.resolve("commands"), commands(tenants));
      ChildJvm jvm =
          ServerFiles.jvm(
              ServerFiles.find("payara-micro-"),
              "fish.payara.micro.PayaraMicro",
              "--nocluster",
              "--disablephonehome",
              "--port",
              "" + port,
              "--rootdir",
              directory.resolve("root").toString(),
              "--addlibs",
              ChildJvm.driverJar().toString(),
              "--postbootcommandfile",
              commands.toString(),
              "--deploy",
              directory.resolve("app.war").toString());
      try (RunningJvm server = jvm.start()) {
        server.awaitErrorLine(line -> line.contains("ready in"));
        UnitsOfWork work = new UnitsOfWork(tenants, ServerFiles.application(port));
        System.out.println("Payara Micro: " + work.allDoneWithinTheBudget());
        work.keptHandlesAnswerAsTheDriverDoes();
        ServerFiles.assertNoComplaint(server);
      }
    }
  }

  private static String commands(Tenants tenants) {
    return tenants.each(
        "",
        tenant ->
            """
            create-jdbc-connection-pool --datasourceclassname org.postgresql.ds.PGSimpleDataSource \
            --restype javax.sql.DataSource --steadypoolsize %1$d --maxpoolsize %1$d \
            --initsql "%2$s" --property \
            user=%3$s:password=%4$s:serverName=127.0.0.1:portNumber=%5$d:databaseName=%6$s p%7$d
            create-jdbc-resource --connectionpoolid p%7$d jdbc/t%7$d
            """
                .formatted(
                    Tenants.POOL_SIZE,
                    Tenants.INITIAL_SQL,
                    tenants.user(),
                    Tenants.PASSWORD,
                    tenants.postgres().port(),
                    tenants.databases().get(tenant),
                    tenant));
  }
}
