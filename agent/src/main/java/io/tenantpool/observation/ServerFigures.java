package io.tenantpool.observation;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.ServerSnapshot;
import io.tenantpool.pool.Ticker;
import io.tenantpool.pool.WatchedSnapshot;
import java.util.Map;

/**
 * The figures of one server, each read at most ten times a second.
 *
 * @param pooled what the pool does there
 * @param watched what was seen of connections there that are only watched
 * @param notPooled how often a connection there was not pooled, by reason
 */
record ServerFigures(
    Cached<ServerSnapshot> pooled,
    Cached<WatchedSnapshot> watched,
    Cached<Map<NotPooled, Long>> notPooled) {

  static ServerFigures of(PoolFigures pool, String server, Ticker ticker) {
    return new ServerFigures(
        new Cached<>(ticker, NoFigures.server(server), last -> pool.server(server).orElse(last)),
        new Cached<>(ticker, NoFigures.watched(""), last -> pool.watched(server, "").orElse(last)),
        new Cached<>(ticker, Map.of(), last -> pool.notPooled(server)));
  }
}
