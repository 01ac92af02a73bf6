package io.tenantpool.interception;

import io.tenantpool.bootstrap.ConnectionBridge;
import java.net.Socket;
import java.security.spec.KeySpec;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the connections of a pool, in order: what the hooks tell, and what the pool has
 * the driver do.
 */
final class Tape implements ConnectionBridge {

  private final List<String> entries = new ArrayList<>();
  private final List<@Nullable Object> pools = new ArrayList<>();
  private @Nullable Connection standIn;

  /** What the application gets from now on that unwraps a connection of the driver. */
  synchronized void standIn(Connection instead) {
    standIn = instead;
  }

  synchronized void add(String entry) {
    entries.add(entry);
    notifyAll();
  }

  /** Everything so far, which is then forgotten. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(entries);
    entries.clear();
    return taken;
  }

  /** The same, as soon as {@code entry} is among it. */
  synchronized List<String> takeUpTo(String entry, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!entries.contains(entry)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("only " + entries);
      }
      wait(left);
    }
    return take();
  }

  /** The same without what {@code left} leaves out. */
  List<String> take(Predicate<String> wanted) {
    return take().stream().filter(wanted).toList();
  }

  /** What was called a pool, in the order of the calls. */
  synchronized List<@Nullable Object> pools() {
    return Collections.unmodifiableList(new ArrayList<>(pools));
  }

  @Override
  public @Nullable Object connect(Object driver, String url, Properties info) {
    return null;
  }

  @Override
  public void opened(Object driver, String url, Properties info, Object connection) {}

  @Override
  public void socketMade(Socket socket) {}

  @Override
  public SecretKey loginKey(SecretKeyFactory factory, KeySpec password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized void creating(@Nullable Object pool, @Nullable String library) {
    pools.add(pool);
    entries.add(library == null ? "bypassing" : "creating");
  }

  @Override
  public void settingUp(@Nullable Object connection) {
    add("setting up " + connection);
  }

  @Override
  public void created() {
    add("created");
  }

  @Override
  public void lent(Object connection) {
    add("lent " + connection);
  }

  @Override
  public void returned(Object connection) {
    add("returned " + connection);
  }

  @Override
  public void worksLater(Object connection) {
    add("works later " + connection);
  }

  @Override
  public void used(Object connection) {
    add("used " + connection);
  }

  @Override
  public synchronized Object unwrapped(Object result) {
    Connection instead = standIn;
    return instead != null && result.getClass() == instead.getClass() ? instead : result;
  }

  @Override
  public void returnedUnlessWork(Object connection) {
    add("returned unless work " + connection);
  }
}
