package io.tenantpool.pool;

import io.tenantpool.connection.Pin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down each event as one line, then does what the test wants. */
class RecordingListener implements PoolListener {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  volatile Consumer<String> reaction = line -> {};

  List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private void note(String line) {
    lines.add(line);
    reaction.accept(line);
  }

  @Override
  public void serverAdded(String server) {
    note("serverAdded " + server);
  }

  @Override
  public void budgetLowered(String server, int configured, int allowed) {
    note("budgetLowered " + configured + " " + allowed);
  }

  @Override
  public void budgetRaised(String server, int configured, int allowed) {
    note("budgetRaised " + configured + " " + allowed);
  }

  @Override
  public void neighboursFound(String server, int budget, int left) {
    note("neighboursFound " + budget + " " + left);
  }

  @Override
  public void neighboursGone(String server, int budget) {
    note("neighboursGone " + budget);
  }

  @Override
  public void turnedAway(String server, String tenant, RefusalCause cause, String message) {
    note("turnedAway " + tenant + " " + cause);
  }

  @Override
  public void budgetExhausted(String server, int budget, int waiting) {
    note("budgetExhausted " + budget + " " + waiting);
  }

  @Override
  public void lastConnectionLent(String server, String tenant, int waiting) {
    note("lastConnectionLent " + tenant + " " + waiting);
  }

  @Override
  public void leakSuspected(String server, Holder holder) {
    note("leakSuspected " + holder.tenant() + " " + holder.heldNanos() / 1_000_000 + " ms");
  }

  @Override
  public void tenantLive(String server, String tenant) {
    note("live " + tenant);
  }

  @Override
  public void tenantDormant(String server, String tenant) {
    note("dormant " + tenant);
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    note("opened " + tenant + " " + id + " " + nanos);
  }

  @Override
  public void openFailed(String server, String tenant, Exception failure, long nanos) {
    note("openFailed " + tenant + " " + failure.getMessage());
  }

  @Override
  public void openRefused(String server, String tenant, int open, int budget) {
    note("openRefused " + tenant + " " + open + "/" + budget);
  }

  @Override
  public void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {
    note("closed " + tenant + " " + id + " " + cause + " " + ageNanos);
  }

  @Override
  public void reset(String server, String tenant, long id, long nanos) {
    note("reset " + tenant + " " + id);
  }

  @Override
  public void resetFailed(String server, String tenant, long id, Exception failure) {
    note("resetFailed " + tenant + " " + id + " " + failure.getMessage());
  }

  @Override
  public void pinned(
      String server,
      String tenant,
      long id,
      Pin cause,
      @Nullable StackTraceElement site,
      boolean isNew) {
    note("pinned " + tenant + " " + cause + " " + PinSite.text(site) + (isNew ? " new" : ""));
  }

  @Override
  public void timedOut(String server, String tenant, long waitedNanos, String message) {
    note("timedOut " + tenant + " " + waitedNanos);
  }

  @Override
  public void samples(BorrowSamples samples) {
    note("samples");
  }
}
