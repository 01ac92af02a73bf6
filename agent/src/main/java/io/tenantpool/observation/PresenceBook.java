package io.tenantpool.observation;

import io.tenantpool.pool.BorrowSamples;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.TenantSnapshot;
import io.tenantpool.pool.Ticker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which servers and tenants are shown. Events are hints, for they may overtake each other or be
 * lost; snapshots are the truth. A tenant that becomes dormant stays for {@link #GRACE_NANOS}, and
 * only {@link #NEWCOMERS_PER_SWEEP} are shown between two sweeps, so that tenants that come and go
 * under pressure cost no MBean traffic. A server that nobody has asked for {@link #GONE_NANOS} is
 * gone: it is shown again when somebody does. Belongs to the observation thread.
 */
final class PresenceBook {

  static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long AUDIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Hosts come and go too: those of a test, or a name for each database. */
  static final long GONE_NANOS = TimeUnit.MINUTES.toNanos(10);

  static final int NEWCOMERS_PER_SWEEP = 20;

  /** Beyond this, whoever is still live at the next audit is shown then. */
  static final int MAX_QUEUED = 1000;

  private final PoolFigures pool;
  private final Presence.Stage stage;
  private final Ticker ticker;
  private final Map<String, Presence> servers = new LinkedHashMap<>();

  /** Since when each server has been as it is, while nothing of it is open. */
  private final Map<String, Quiet> quiet = new HashMap<>();

  private final Map<String, Map<String, Shown>> tenants = new HashMap<>();
  private final Set<TenantName> queued = new LinkedHashSet<>();
  private int newcomers;
  private long auditedAt;

  PresenceBook(PoolFigures pool, Presence.Stage stage, Ticker ticker) {
    this.pool = pool;
    this.stage = stage;
    this.ticker = ticker;
    this.auditedAt = ticker.nanos();
  }

  void serverAdded(String server) {
    if (!servers.containsKey(server)) {
      servers.put(server, stage.server(server));
    }
  }

  void tenantLive(String server, String tenant) {
    serverAdded(server);
    Shown shown = shown(server, tenant);
    if (shown != null) {
      shown.dormant = false;
    } else if (newcomers < NEWCOMERS_PER_SWEEP) {
      show(server, tenant);
    } else if (queued.size() < MAX_QUEUED) {
      queued.add(new TenantName(server, tenant));
    }
  }

  void tenantDormant(String server, String tenant) {
    Shown shown = shown(server, tenant);
    if (shown != null && !shown.dormant) {
      shown.dormant = true;
      shown.dormantSince = ticker.nanos();
    }
  }

  void opened(String server, String tenant, long nanos) {
    Shown shown = shown(server, tenant);
    if (shown != null) {
      shown.presence.opened(nanos);
    }
  }

  void timedOut(String server, String tenant) {
    Shown shown = shown(server, tenant);
    if (shown != null) {
      shown.presence.timedOut();
    }
  }

  void samples(BorrowSamples samples) {
    serverAdded(samples.server());
    Presence server = servers.get(samples.server());
    Map<String, Shown> ofServer = tenants.getOrDefault(samples.server(), Map.of());
    if (server != null) {
      server.samples(samples);
      samples.forEach(
          new BorrowSamples.Visitor() {
            @Override
            public void borrowed(String tenant, long nanos) {
              server.borrowed(nanos);
              Shown shown = ofServer.get(tenant);
              if (shown != null) {
                shown.presence.borrowed(nanos);
              }
            }

            @Override
            public void returned(String tenant, long nanos) {
              server.returned(nanos);
              Shown shown = ofServer.get(tenant);
              if (shown != null) {
                shown.presence.returned(nanos);
              }
            }
          });
    }
  }

  void resetTimes(String server) {
    Presence presence = servers.get(server);
    if (presence != null) {
      presence.resetTimes();
    }
    tenants.getOrDefault(server, Map.of()).values().forEach(shown -> shown.presence.resetTimes());
  }

  /**
   * Hides who has been dormant for long and shows who waits for it. {@code incomplete}: events were
   * lost, so all is compared with the pool.
   */
  void sweep(boolean incomplete) {
    long now = ticker.nanos();
    newcomers = 0;
    if (incomplete || now - auditedAt >= AUDIT_NANOS) {
      audit(now);
      auditedAt = now;
    }
    tenants.forEach((server, shown) -> hideDormant(server, shown, now));
    for (Iterator<TenantName> i = queued.iterator();
        i.hasNext() && newcomers < NEWCOMERS_PER_SWEEP; ) {
      TenantName next = i.next();
      i.remove();
      if (isLive(next.server(), next.tenant())) {
        show(next.server(), next.tenant());
      }
    }
    stage.sweep();
  }

  /** Whether a tenant still waits to be shown or hidden. */
  boolean isSettled() {
    return queued.isEmpty()
        && stage.isSettled()
        && tenants.values().stream().allMatch(m -> m.values().stream().noneMatch(s -> s.dormant));
  }

  void close() {
    tenants.values().forEach(shown -> shown.values().forEach(s -> s.presence.close()));
    tenants.clear();
    servers.values().forEach(Presence::close);
    servers.clear();
  }

  private void audit(long now) {
    for (ServerSnapshot server : pool.servers()) {
      if (isGone(server, now)) {
        hide(server.server());
      } else {
        serverAdded(server.server());
      }
    }
    for (String server : Set.copyOf(servers.keySet())) {
      Set<String> live = new HashSet<>();
      for (TenantSnapshot tenant : pool.liveTenants(server)) {
        live.add(tenant.tenant());
        tenantLive(server, tenant.tenant());
      }
      for (String tenant : tenants.getOrDefault(server, Map.of()).keySet()) {
        if (!live.contains(tenant)) {
          tenantDormant(server, tenant);
        }
      }
    }
  }

  private boolean isGone(ServerSnapshot server, long now) {
    boolean isInUse =
        server.open() + server.waiting() + server.bypassed() + server.liveTenants() > 0
            || !pool.recentlyWatched(server.server()).isEmpty();
    long asked =
        server.borrows() + server.openFailures() + server.timeouts() + server.bypassedOpens();
    Quiet known = quiet.get(server.server());
    if (isInUse || known == null || known.asked != asked) {
      quiet.put(server.server(), new Quiet(asked, now));
      return false;
    }
    return now - known.since >= GONE_NANOS;
  }

  private void hide(String server) {
    Map<String, Shown> ofServer = tenants.remove(server);
    if (ofServer != null) {
      ofServer.values().forEach(shown -> shown.presence.close());
    }
    Presence presence = servers.remove(server);
    if (presence != null) {
      presence.close();
    }
  }

  private void hideDormant(String server, Map<String, Shown> ofServer, long now) {
    ofServer
        .entrySet()
        .removeIf(
            entry -> {
              Shown shown = entry.getValue();
              if (!shown.dormant || now - shown.dormantSince < GRACE_NANOS) {
                return false;
              }
              if (isLive(server, entry.getKey())) {
                shown.dormant = false;
                return false;
              }
              shown.presence.close();
              return true;
            });
  }

  private boolean isLive(String server, String tenant) {
    return pool.tenant(server, tenant).filter(TenantSnapshot::live).isPresent();
  }

  private void show(String server, String tenant) {
    if (shown(server, tenant) == null) {
      newcomers++;
      tenants
          .computeIfAbsent(server, s -> new HashMap<>())
          .put(tenant, new Shown(stage.tenant(server, tenant)));
    }
  }

  private @Nullable Shown shown(String server, String tenant) {
    return tenants.getOrDefault(server, Map.of()).get(tenant);
  }

  /** How often a server had been asked, and since when it is so. */
  private record Quiet(long asked, long since) {}

  private record TenantName(String server, String tenant) {}

  private static final class Shown {
    final Presence presence;
    boolean dormant;
    long dormantSince;

    Shown(Presence presence) {
      this.presence = presence;
    }
  }
}
