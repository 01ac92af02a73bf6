package io.tenantpool.observation;

import io.tenantpool.config.SettingChange;
import io.tenantpool.pool.CircuitState;
import io.tenantpool.pool.EvictionCause;
import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import io.tenantpool.pool.PoolListener;
import io.tenantpool.pool.Ticker;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides of which events of the pool operators are told, and in which words; carries them to the
 * observation thread.
 */
final class NoticeFeed implements PoolListener {

  static final long EVICTIONS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventQueue queue;
  private final Ticker ticker;
  private final BiConsumer<Notice, String> board;
  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

  /** Belongs to the observation thread. */
  private final Map<String, Evictions> evictions = new HashMap<>();

  private static final int MANY = 1_000;

  private record Tenant(String server, String name) {}

  /** When that was last said of a tenant, or would have been. */
  private final Map<Tenant, Long> heldAt = new HashMap<>();

  private static final class Evictions {
    long toldAt;
    long since;
  }

  /** {@code board} is called on the observation thread only. */
  NoticeFeed(EventQueue queue, Ticker ticker, BiConsumer<Notice, String> board) {
    this.queue = queue;
    this.ticker = ticker;
    this.board = board;
  }

  private void tell(Notice notice, String message) {
    queue.offer(() -> board.accept(notice, message));
  }

  void changed(String who, SettingChange change) {
    tell(Notice.SETTING_CHANGED, change + "; changed by " + who);
  }

  @Override
  public void budgetExhausted(String server, int budget, int waiting) {
    tell(
        Notice.BUDGET_EXHAUSTED,
        "server "
            + server
            + ": all "
            + budget
            + " connections are in use, "
            + waiting
            + " waiting");
  }

  @Override
  public void lastConnectionLent(String server, String tenant, int waiting) {
    tell(
        Notice.LAST_CONNECTION,
        "server "
            + server
            + ": a thread of tenant '"
            + tenant
            + "' that holds a connection got the last one, "
            + waiting
            + " waiting");
  }

  @Override
  public void budgetLowered(String server, int configured, int allowed) {
    tell(
        Notice.BUDGET_LOWERED,
        "server "
            + server
            + " allows "
            + allowed
            + " connections of the "
            + configured
            + " that are configured");
  }

  @Override
  public void budgetRaised(String server, int configured, int allowed) {
    tell(
        Notice.BUDGET_RESTORED,
        "server "
            + server
            + " allows "
            + allowed
            + " connections of the "
            + configured
            + " that are configured");
  }

  @Override
  public void neighboursFound(String server, int budget, int left) {
    tell(
        Notice.BUDGET_LOWERED,
        "server "
            + server
            + " is full: others use its connections, and leave about "
            + left
            + " of the budget of "
            + budget);
  }

  @Override
  public void neighboursGone(String server, int budget) {
    tell(
        Notice.BUDGET_RESTORED,
        "server " + server + " has room for the whole budget of " + budget + " again");
  }

  @Override
  public void openFailed(String server, String tenant, Exception failure, long nanos) {
    if (isSilence(failure) && unreachable.add(server)) {
      String state = ((SQLException) failure).getSQLState();
      tell(Notice.SERVER_UNREACHABLE, "server " + server + " cannot be reached: SQLState " + state);
    }
  }

  /**
   * Class 08 are connections that could not be made or broke off, but for the one that the server
   * rejected; 57P01 to 57P03 a server that shuts down or starts.
   */
  private static boolean isSilence(Exception failure) {
    if (!(failure instanceof SQLException sql) || sql.getSQLState() == null) {
      return false;
    }
    String state = sql.getSQLState();
    return (state.startsWith("08") && !state.equals("08004"))
        || state.equals("57P01")
        || state.equals("57P02")
        || state.equals("57P03");
  }

  @Override
  public void circuit(
      String server, String tenant, CircuitState state, int failures, @Nullable SQLException last) {
    String who = "server " + server + (tenant.isEmpty() ? "" : ": tenant '" + tenant + "'");
    if (state == CircuitState.CLOSED) {
      tell(Notice.CIRCUIT_CLOSED, who + ": whoever needs a connection connects again");
    } else {
      String why = last == null ? "" : ", the last with SQLState " + last.getSQLState();
      tell(
          Notice.CIRCUIT_OPEN,
          who + ": " + failures + " connects in a row have failed" + why + "; one at a time tries");
    }
  }

  @Override
  public void opened(String server, String tenant, long id, long nanos) {
    if (!unreachable.isEmpty() && unreachable.remove(server)) {
      tell(Notice.SERVER_BACK, "server " + server + " can be reached again");
    }
  }

  @Override
  public void closed(String server, String tenant, long id, EvictionCause cause, long ageNanos) {
    if (cause == EvictionCause.CAPACITY) {
      queue.offer(() -> evicted(server, tenant));
    }
  }

  private void evicted(String server, String tenant) {
    long now = ticker.nanos();
    Evictions before = evictions.get(server);
    if (before != null && now - before.toldAt < EVICTIONS_NANOS) {
      before.since++;
      return;
    }
    long others = before == null ? 0 : before.since;
    Evictions told = new Evictions();
    told.toldAt = now;
    evictions.put(server, told);
    board.accept(
        Notice.TENANT_EVICTED,
        "server "
            + server
            + ": tenant '"
            + tenant
            + "' gave a connection up to another tenant"
            + (others == 0 ? "" : "; " + others + " more have since the last notice"));
  }

  @Override
  public void heldAndWaited(String server, String tenant, long waitedNanos, String holders) {
    queue.offer(() -> held(server, tenant, holders));
  }

  private void held(String server, String tenant, String holders) {
    long now = ticker.nanos();
    if (heldAt.size() >= MANY) {
      heldAt.values().removeIf(at -> now - at >= EVICTIONS_NANOS);
    }
    Long before = heldAt.put(new Tenant(server, tenant), now);
    if (before == null || now - before >= EVICTIONS_NANOS) {
      board.accept(
          Notice.HOLD_AND_WAIT,
          "server "
              + server
              + ": tenant '"
              + tenant
              + "' got no connection: all that it could have were held by threads that executed"
              + " nothing: "
              + holders);
    }
  }

  @Override
  public void leakSuspected(String server, Holder holder) {
    StackTraceElement site = holder.site();
    tell(
        Notice.LEAK_SUSPECTED,
        "server "
            + server
            + ": tenant '"
            + holder.tenant()
            + "' has held connection "
            + holder.connection()
            + " for "
            + TimeUnit.NANOSECONDS.toMillis(holder.heldNanos())
            + " ms, borrowed by thread '"
            + holder.thread()
            + "'"
            + (site == null ? "" : " at " + PinSite.text(site)));
  }
}
