package io.tenantpool.soak;

import com.example.tills.TillsApplication;
import io.tenantpool.it.pools.PoolLibrary;
import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.FaultProxy;
import io.tenantpool.it.support.RunningJvm;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;

/** The server, the network before it, and the application with the agent. */
final class Stage implements AutoCloseable {

  static final int TENANTS = 30;

  /** {@code tenantpool.max-connections} at the start. */
  static final int CAP = 20;

  private static final int THREADS = 24;
  private static final int SERVER_CONNECTIONS = 150;
  private static final String TABLE = "CREATE TABLE till (sales int); INSERT INTO till VALUES (0)";

  /** As long as a lease of the application may take; then what was lowered has to be obeyed. */
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** As long as connections of the application's pools live that were opened meanwhile. */
  private static final long DIRECT_NANOS = TimeUnit.SECONDS.toNanos(50);

  private final TestPostgres server;
  private final FaultProxy proxy;
  private final RunningJvm application;
  private final AgentView agent;
  private final String user;
  private final List<String> databases;
  private int cap = CAP;
  private int capBefore = CAP;
  private long capSinceNanos = System.nanoTime() - LEASE_NANOS;
  private long pooledSinceNanos = System.nanoTime() - DIRECT_NANOS;

  Stage(Duration length) throws Exception {
    server = TestPostgres.start(Map.of("max_connections", String.valueOf(SERVER_CONNECTIONS)));
    user = server.createUser("soak", "secret");
    databases = server.createDatabases("soak", TENANTS);
    for (String database : databases) {
      server.give(database, user);
      server.execute(database, TABLE, "GRANT ALL ON till TO " + user);
    }
    proxy = FaultProxy.before(server);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            proxy.url("%s") + "?socketTimeout=3&connectTimeout=3",
            user,
            "secret",
            String.valueOf(THREADS)));
    arguments.addAll(databases);
    application =
        ChildJvm.of(TillsApplication.class, arguments.toArray(String[]::new))
            .classPath(PoolLibrary.HIKARICP_7.classPath())
            .classPath(PoolLibrary.DBCP_2.classPath())
            .classPath(PoolLibrary.AGROAL.classPath())
            .agent(true)
            .setting("max-connections", CAP)
            .setting("acquire-timeout", "3s")
            .setting("max-lifetime", "60s")
            .setting("log-level", "warn")
            .limit(length.plus(Duration.ofMinutes(5)))
            .start();
    application.awaitLine("open");
    agent = new AgentView(application);
  }

  TestPostgres server() {
    return server;
  }

  FaultProxy proxy() {
    return proxy;
  }

  RunningJvm application() {
    return application;
  }

  AgentView agent() {
    return agent;
  }

  String user() {
    return user;
  }

  List<String> databases() {
    return databases;
  }

  synchronized void changeCap(int connections) throws IOException, JMException {
    capBefore = allowed();
    capSinceNanos = System.nanoTime();
    cap = connections;
    agent.set("MaxConnections", connections);
  }

  /** The application's connections are its own for a while. */
  void leavePoolingFor(Duration length) throws IOException, JMException {
    synchronized (this) {
      pooledSinceNanos = Long.MAX_VALUE;
    }
    agent.set("Mode", "observe");
    LockSupport.parkNanos(length.toNanos());
    agent.set("Mode", "pool");
    synchronized (this) {
      pooledSinceNanos = System.nanoTime();
    }
  }

  /** How many sockets there may have been in the last moments. */
  synchronized int allowed() {
    long now = System.nanoTime();
    if (pooledSinceNanos == Long.MAX_VALUE || now - pooledSinceNanos < DIRECT_NANOS) {
      return SERVER_CONNECTIONS;
    }
    return now - capSinceNanos < LEASE_NANOS ? Math.max(cap, capBefore) : cap;
  }

  synchronized int cap() {
    return cap;
  }

  @Override
  public void close() throws IOException {
    try (application;
        proxy;
        server) {
      agent.close();
    }
  }
}
