package io.tenantpool.it.datasources;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.xa.PGXADataSource;

/**
 * What a transaction manager does with two connections, while other tenants work. Arguments: URL
 * with {@code %s} for the database, databases; the first has the table {@code t}.
 */
final class XaProgram {

  private static final long LONGEST_WAIT_SECONDS = 30;

  private XaProgram() {}

  private record Branch(String name) implements Xid {

    @Override
    public int getFormatId() {
      return 7;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }

  public static void main(String[] arguments) throws Exception {
    List<String> databases = List.of(arguments).subList(1, arguments.length);
    PGXADataSource source = new PGXADataSource();
    source.setUrl(String.format(arguments[0], databases.get(0)));
    XAConnection first = source.getXAConnection();
    XAConnection second = source.getXAConnection();
    awaitBypassed(2);

    Branch onePhase = new Branch("one phase");
    insert(first, onePhase);
    first.getXAResource().commit(onePhase, true);
    System.out.println("after one phase: " + rows(second));

    Branch twoPhases = new Branch("two phases");
    first.getXAResource().start(twoPhases, XAResource.TMNOFLAGS);
    int session = insert(first);
    for (String database : databases) {
      work(String.format(arguments[0], database));
    }
    System.out.println("the same session: " + (session == insert(first)));
    first.getXAResource().end(twoPhases, XAResource.TMSUCCESS);
    System.out.println("vote: " + first.getXAResource().prepare(twoPhases));
    first.close();
    awaitBypassed(1);
    XAResource other = second.getXAResource();
    System.out.println("recovered: " + other.recover(XAResource.TMSTARTRSCAN).length);
    other.commit(twoPhases, false);
    System.out.println("after two phases: " + rows(second));

    Branch undone = new Branch("undone");
    insert(second, undone);
    other.prepare(undone);
    other.rollback(undone);
    System.out.println("after a rollback: " + rows(second));
    System.out.println("to recover: " + other.recover(XAResource.TMSTARTRSCAN).length);
    second.close();
    awaitBypassed(0);
  }

  private static void insert(XAConnection xa, Branch branch) throws SQLException, XAException {
    xa.getXAResource().start(branch, XAResource.TMNOFLAGS);
    insert(xa);
    xa.getXAResource().end(branch, XAResource.TMSUCCESS);
  }

  /** Through a handle of its own; answers the session's number. */
  private static int insert(XAConnection xa) throws SQLException {
    try (Connection handle = xa.getConnection();
        Statement statement = handle.createStatement()) {
      return number(statement, "INSERT INTO t VALUES (1) RETURNING pg_backend_pid()");
    }
  }

  private static int rows(XAConnection xa) throws SQLException {
    try (Connection handle = xa.getConnection();
        Statement statement = handle.createStatement()) {
      return number(statement, "SELECT count(*) FROM t");
    }
  }

  private static void work(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      number(statement, "SELECT 1");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  /** The agent counts in its own time, and its MBeans come late. */
  private static void awaitBypassed(int expected) throws JMException {
    ObjectName manager = new ObjectName("io.tenantpool:type=PoolManager");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    Object last = "no MBean";
    while (!last.equals(expected) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      try {
        last = ManagementFactory.getPlatformMBeanServer().getAttribute(manager, "Bypassed");
      } catch (InstanceNotFoundException notYet) {
        last = "no MBean";
      }
    }
    System.out.println("bypassed: " + last);
  }
}
