package io.tenantpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tenantpool.it.support.FaultProxy;
import io.tenantpool.it.support.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said of the network is what the driver, without an agent, meets. */
final class FaultProxyTest {

  private static final String WELL = "answers";
  private static final String SILENT = "is silent";
  private static final String BROKEN = "08006";
  private static final byte[] SSL_REQUEST =
      ByteBuffer.allocate(2 * Integer.BYTES).putInt(2 * Integer.BYTES).putInt(80877103).array();

  private static final List<Row> ROWS =
      List.of(
          new Row("all is well", FaultProxy::whenAllIsWell, WELL, WELL, WELL),
          new Row("the server is away", FaultProxy::whenTheServerIsAway, BROKEN, "08001", BROKEN),
          new Row("cut", FaultProxy::whenConnectionsAreCut, BROKEN, WELL, BROKEN),
          new Row(
              "connects are dropped", FaultProxy::whenConnectsAreDropped, BROKEN, SILENT, BROKEN),
          new Row(
              "everything is swallowed",
              FaultProxy::whenTheNetworkSwallowsEverything,
              SILENT,
              SILENT,
              BROKEN),
          new Row("it stands still", FaultProxy::whenTheNetworkStandsStill, SILENT, SILENT, BROKEN),
          new Row("silent", FaultProxy::whenItAcceptsAndIsSilent, BROKEN, SILENT, BROKEN),
          new Row(
              "silent in a login",
              FaultProxy::whenItIsSilentInTheMiddleOfALogin,
              BROKEN,
              SILENT,
              BROKEN),
          new Row("reset", FaultProxy::whenItResetsWhoeverConnects, BROKEN, "08001", BROKEN),
          new Row("closed", FaultProxy::whenItClosesWhoeverConnects, BROKEN, "08001", BROKEN),
          new Row("half closed", FaultProxy::whenItClosesItsHalf, BROKEN, "08001", BROKEN),
          new Row("forgotten", FaultProxy::whenItForgetsItsConnections, BROKEN, WELL, BROKEN),
          new Row("one byte", FaultProxy::whenItAnswersOneByteAtATime, WELL, WELL, WELL),
          new Row(
              "late", proxy -> proxy.whenItAnswersLate(Duration.ofMillis(50)), WELL, WELL, WELL),
          new Row("answers cut", FaultProxy::whenItsAnswersAreCut, BROKEN, BROKEN, BROKEN),
          new Row("full", FaultProxy::whenTheServerIsFull, WELL, "53300", WELL),
          new Row("starting up", FaultProxy::whenTheServerStartsUp, BROKEN, "57P03", BROKEN));

  /**
   * What is said, and what is seen.
   *
   * @param open of a connection that was open before
   * @param fresh of a new one
   * @param afterwards of the former, when all is well again
   */
  private record Row(
      String name, Consumer<FaultProxy> said, String open, String fresh, String afterwards) {}

  @TestFactory
  Stream<DynamicTest> everySentenceIsWhatTheDriverMeets() {
    return ROWS.stream().map(row -> dynamicTest(row.name(), () -> meets(row)));
  }

  private static void meets(Row row) throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String database = server.createDatabase();
    try (FaultProxy proxy = FaultProxy.before(server);
        Connection open = connect(proxy, database)) {
      assertEquals(1, proxy.open(database));
      row.said().accept(proxy);
      assertEquals(row.open(), ask(open));
      assertEquals(row.fresh(), connectAndAsk(proxy, database));
      proxy.whenAllIsWell();
      assertEquals(row.afterwards(), ask(open));
      assertEquals(WELL, connectAndAsk(proxy, database));
    }
  }

  @Test
  void aSentenceAboutOneDatabaseIsAboutNoOther() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    List<String> databases = server.createDatabases("fault", 2);
    try (FaultProxy proxy = FaultProxy.before(server);
        Connection first = connect(proxy, databases.get(0));
        Connection second = connect(proxy, databases.get(1))) {
      proxy.whenItAcceptsAndIsSilent(databases.get(0));
      assertEquals(BROKEN, ask(first));
      assertEquals(SILENT, connectAndAsk(proxy, databases.get(0)));
      assertEquals(WELL, ask(second));
      assertEquals(WELL, connectAndAsk(proxy, databases.get(1)));
      proxy.whenAllIsWell(databases.get(0));
      assertEquals(WELL, connectAndAsk(proxy, databases.get(0)));
    }
  }

  @Test
  void whatWasHeldBackArrivesWhenAllIsWell() throws Exception {
    TestPostgres server = TestPostgres.shared();
    try (FaultProxy proxy = FaultProxy.before(server);
        Connection open = DriverManager.getConnection(url(proxy, server.createDatabase()))) {
      proxy.whenTheNetworkStandsStill();
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(open));
      CompletableFuture<String> isSaid = answer.thenApply(said -> said + ", once all is well");
      proxy.whenAllIsWell();
      assertEquals("answers, once all is well", isSaid.get());
    }
  }

  /** Whoever closes a connection before it opens the next never has two. */
  @Test
  void theCountIsNeverAboveWhatAClientHasOpen() throws Exception {
    int clients = 4;
    int connectsOfEach = 1_000;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (FaultProxy proxy = FaultProxy.before(TestPostgres.shared())) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int k = 0; k < connectsOfEach; k++) {
                    callAndHangUp(proxy);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertEquals(clients * connectsOfEach, proxy.connects());
      assertTrue(proxy.mostAtOnce() <= clients, () -> proxy.mostAtOnce() + " at once");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Asks for encryption, which the proxy answers itself once it has counted the connection. */
  private static void callAndHangUp(FaultProxy proxy) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.getOutputStream().write(SSL_REQUEST);
      assertEquals('N', socket.getInputStream().read());
    }
  }

  @Test
  void itsThreadAndItsConnectionsEndWithIt() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    String database = server.createDatabase();
    FaultProxy proxy = FaultProxy.before(server);
    String thread = "fault-proxy-" + proxy.port();
    assertTrue(isAlive(thread));
    try (Connection open = connect(proxy, database)) {
      proxy.close();
      assertEquals(BROKEN, ask(open));
      assertTrue(!isAlive(thread));
    }
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  private static String url(FaultProxy proxy, String database) {
    return proxy.url(database) + "?user=" + TestPostgres.shared().adminUser();
  }

  private static Connection connect(FaultProxy proxy, String database) throws SQLException {
    return DriverManager.getConnection(url(proxy, database) + "&socketTimeout=1&connectTimeout=1");
  }

  private static String connectAndAsk(FaultProxy proxy, String database) {
    try (Connection connection = connect(proxy, database)) {
      return ask(connection);
    } catch (SQLException e) {
      return seen(e);
    }
  }

  private static String ask(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 'the answer'")) {
      return row.next() && row.getString(1).equals("the answer") ? WELL : "lies";
    } catch (SQLException e) {
      return seen(e);
    }
  }

  private static String seen(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return SILENT;
      }
    }
    // A connection that the driver has closed itself says so the next time.
    return "08003".equals(e.getSQLState()) ? BROKEN : String.valueOf(e.getSQLState());
  }
}
