package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.xa.PGXADataSource;

/** Distributed transactions. The server may forbid prepared ones; then that is the outcome. */
final class XaCases implements CaseTable.Cases {

  private static final String TABLE = "CREATE TABLE t (id int)";
  private static final String COUNT = "SELECT count(*) FROM fidelity.t";

  /** A transaction branch with a name. */
  private record Branch(byte[] getGlobalTransactionId) implements Xid {
    Branch(String name) {
      this(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public int getFormatId() {
      return 7;
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "XA: one phase",
            scene -> {
              scene.openAfter(TABLE);
              XAConnection xa = open(scene);
              Branch branch = new Branch("one phase");
              inserted(xa, branch);
              xa.getXAResource().commit(branch, true);
              xa.close();
              return Sql.rows(scene.open(), COUNT);
            })
        .add(
            "XA: two phases, committed by another connection",
            scene -> {
              scene.openAfter(TABLE);
              XAConnection xa = open(scene);
              Branch branch = new Branch("two phases");
              inserted(xa, branch);
              Attempts attempts = new Attempts().get(() -> prepared(xa, branch));
              xa.close();
              XAConnection other = open(scene);
              attempts
                  .get(() -> other.getXAResource().recover(XAResource.TMSTARTRSCAN).length)
                  .run(() -> other.getXAResource().commit(branch, false))
                  .get(() -> Sql.rows(scene.open(), COUNT));
              other.close();
              return attempts;
            })
        .add(
            "XA: prepared, then rolled back",
            scene -> {
              scene.openAfter(TABLE);
              XAConnection xa = open(scene);
              Branch branch = new Branch("rolled back");
              inserted(xa, branch);
              Attempts attempts =
                  new Attempts()
                      .get(() -> prepared(xa, branch))
                      .run(() -> xa.getXAResource().rollback(branch))
                      .get(() -> Sql.rows(scene.open(), COUNT));
              xa.close();
              return attempts;
            })
        .add(
            "XA: a commit by hand inside a branch",
            scene -> {
              XAConnection xa = open(scene);
              xa.getXAResource().start(new Branch("by hand"), XAResource.TMNOFLAGS);
              Connection handle = xa.getConnection();
              Attempts attempts =
                  new Attempts()
                      .run(handle::commit)
                      .run(handle::rollback)
                      .run(() -> handle.setAutoCommit(true))
                      .get(handle::setSavepoint)
                      .get(handle::getAutoCommit);
              xa.close();
              return attempts;
            })
        .add(
            "XA: steps out of order",
            scene -> {
              XAConnection xa = open(scene);
              Branch branch = new Branch("out of order");
              Attempts attempts =
                  new Attempts()
                      .get(() -> codeOf(() -> xa.getXAResource().end(branch, XAResource.TMSUCCESS)))
                      .get(() -> codeOf(() -> xa.getXAResource().prepare(branch)))
                      .get(() -> codeOf(() -> xa.getXAResource().commit(branch, false)));
              xa.close();
              return attempts;
            })
        .add(
            "XA: without a transaction, and the same resource",
            scene -> {
              XAConnection xa = open(scene);
              List<Object> seen =
                  List.of(
                      xa.getXAResource().isSameRM(xa.getXAResource()),
                      xa.getConnection().getAutoCommit(),
                      Sql.rows(xa.getConnection(), "SELECT 1 AS one"));
              xa.close();
              return seen;
            });
  }

  private static XAConnection open(Scene scene) throws SQLException {
    PGXADataSource source = new PGXADataSource();
    source.setUrl(scene.url());
    return source.getXAConnection();
  }

  /** A branch in which a row was inserted, ended but not yet committed. */
  private static void inserted(XAConnection xa, Xid branch) throws SQLException, XAException {
    xa.getXAResource().start(branch, XAResource.TMNOFLAGS);
    Sql.execute(xa.getConnection(), "INSERT INTO t VALUES (1)");
    xa.getXAResource().end(branch, XAResource.TMSUCCESS);
  }

  private static String prepared(XAConnection xa, Xid branch) throws SQLException, XAException {
    return "vote " + xa.getXAResource().prepare(branch);
  }

  private static String codeOf(Attempts.Act act) throws Exception {
    try {
      act.run();
      return "done";
    } catch (XAException e) {
      return "code " + e.errorCode + " " + e.getMessage();
    }
  }
}
