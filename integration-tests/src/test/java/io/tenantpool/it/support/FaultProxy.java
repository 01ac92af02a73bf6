package io.tenantpool.it.support;

import static io.tenantpool.it.support.Door.Standing.BLOCKED;
import static io.tenantpool.it.support.Door.Standing.OPEN;
import static io.tenantpool.it.support.Door.Standing.SHUT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A port on this machine behind which a PostgreSQL server seems to be, and everything that can
 * happen to a server or to the network before it, in one sentence each. A sentence holds until the
 * next one, and holds when it returns. Where it names databases it is about their connections
 * alone, and one without a name is about all again.
 *
 * <p>It counts the connections of sessions that its clients have open; those that only cancel a
 * statement are not among them. Nothing that leads through it is encrypted. Its one thread ends
 * with it.
 */
public final class FaultProxy implements AutoCloseable {

  private final FaultLoop loop;

  private FaultProxy(FaultLoop loop) {
    this.loop = loop;
  }

  /** Before that server; all is well. */
  public static FaultProxy before(String host, int port) {
    try {
      return new FaultProxy(new FaultLoop(new InetSocketAddress(host, port)).begin());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Before that server; all is well. */
  public static FaultProxy before(TestPostgres server) {
    return before(server.host(), server.port());
  }

  public int port() {
    return loop.port();
  }

  /** The URL of a database behind it, without user and password. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** How many connections are open. */
  public int open() {
    return loop.open();
  }

  /** How many of this database are open. */
  public int open(String database) {
    return loop.open(database);
  }

  /** The most that were open at once, since the start or {@link #countAnew}. */
  public int mostAtOnce() {
    return loop.mostAtOnce();
  }

  /** How many have been opened. */
  public int connects() {
    return loop.connects();
  }

  /** Forgets the most that were open at once. */
  public void countAnew() {
    loop.countAnew();
  }

  /** What was held back arrives. What was lost stays lost. */
  public void whenAllIsWell(String... databases) {
    loop.change(Weather.FINE, OPEN, databases);
  }

  /** Open connections are reset, new ones refused. */
  public void whenTheServerIsAway() {
    loop.change(Weather.of(Fault.RESET, Fault.RESET), SHUT);
  }

  /** Open connections are reset, connects get no answer. */
  public void whenConnectsAreDropped() {
    loop.change(Weather.of(Fault.RESET, Fault.RESET), BLOCKED);
  }

  /** Open connections are reset, once; new ones are not. */
  public void whenConnectionsAreCut(String... databases) {
    loop.change(Weather.of(Fault.RESET, Fault.NONE), OPEN, databases);
  }

  /** Whatever is sent on any connection is lost, and nobody is told. */
  public void whenTheNetworkSwallowsEverything(String... databases) {
    loop.change(Weather.of(Fault.SWALLOW, Fault.SWALLOW), OPEN, databases);
  }

  /** Nothing arrives before all is well again. */
  public void whenTheNetworkStandsStill(String... databases) {
    loop.change(Weather.of(Fault.HOLD_BACK, Fault.HOLD_BACK), OPEN, databases);
  }

  /** Open connections are reset; new ones are accepted and never answered. */
  public void whenItAcceptsAndIsSilent(String... databases) {
    loop.change(Weather.of(Fault.RESET, Fault.SWALLOW), OPEN, databases);
  }

  /** Open connections are reset; new ones are asked for their password, and then never answered. */
  public void whenItIsSilentInTheMiddleOfALogin(String... databases) {
    loop.change(Weather.of(Fault.RESET, Fault.SWALLOW_AFTER_FIRST_ANSWER), OPEN, databases);
  }

  /** All are reset, as soon as they have begun to log in. */
  public void whenItResetsWhoeverConnects(String... databases) {
    loop.change(Weather.of(Fault.RESET, Fault.RESET), OPEN, databases);
  }

  /** All are closed, as soon as they have begun to log in. */
  public void whenItClosesWhoeverConnects(String... databases) {
    loop.change(Weather.of(Fault.CLOSE, Fault.CLOSE), OPEN, databases);
  }

  /** The server's half of each connection ends; the other half takes what is sent, to no effect. */
  public void whenItClosesItsHalf(String... databases) {
    loop.change(Weather.of(Fault.HALF_CLOSE, Fault.HALF_CLOSE), OPEN, databases);
  }

  /** The server has forgotten its connections; each is reset as soon as it is used. */
  public void whenItForgetsItsConnections(String... databases) {
    loop.change(Weather.of(Fault.HALF_OPEN, Fault.NONE), OPEN, databases);
  }

  /** What the server answers arrives one byte at a time, one in a millisecond. */
  public void whenItAnswersOneByteAtATime(String... databases) {
    loop.change(Weather.of(Fault.ONE_BYTE_AT_A_TIME, Fault.ONE_BYTE_AT_A_TIME), OPEN, databases);
  }

  /** What the server answers arrives so much later. */
  public void whenItAnswersLate(Duration by, String... databases) {
    loop.change(Weather.late(by), OPEN, databases);
  }

  /** Logins succeed; the next answer is cut off within its first message, by a reset. */
  public void whenItsAnswersAreCut(String... databases) {
    loop.change(Weather.of(Fault.CUT_ANSWER, Fault.CUT_ANSWER), OPEN, databases);
  }

  /** Open connections stay; new ones are refused, for there are too many. */
  public void whenTheServerIsFull(String... databases) {
    loop.change(
        Weather.refusing(Fault.NONE, "53300", "sorry, too many clients already"), OPEN, databases);
  }

  /** Open connections are reset; new ones are refused, for the server is not ready yet. */
  public void whenTheServerStartsUp(String... databases) {
    loop.change(
        Weather.refusing(Fault.RESET, "57P03", "the database system is starting up"),
        OPEN,
        databases);
  }

  @Override
  public void close() {
    loop.end();
  }
}
