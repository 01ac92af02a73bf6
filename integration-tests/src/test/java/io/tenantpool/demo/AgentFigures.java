package io.tenantpool.demo;

import java.util.List;

/**
 * What the agent's MXBeans said.
 *
 * @param evictions connections closed by the agent
 * @param borrows units of work that got a connection
 * @param hits those of them that needed no connect
 * @param peakOpen the most connections at once
 * @param excerpt lines to show
 */
record AgentFigures(long evictions, long borrows, long hits, int peakOpen, List<String> excerpt) {}
