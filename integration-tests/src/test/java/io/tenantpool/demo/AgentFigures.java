package io.tenantpool.demo;

import java.util.List;

/**
 * What the agent's MXBeans said.
 *
 * @param evictions connections closed by the agent
 * @param hitRate the part of the units of work whose connection was there already, 0 to 1
 * @param peakOpen the most connections at once
 * @param excerpt lines to show
 */
record AgentFigures(long evictions, double hitRate, int peakOpen, List<String> excerpt) {}
