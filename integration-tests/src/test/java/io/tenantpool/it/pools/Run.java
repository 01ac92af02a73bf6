package io.tenantpool.it.pools;

import io.tenantpool.it.support.RunningJvm;
import java.util.List;

/**
 * What a {@link PoolProgram} did and what the server saw meanwhile.
 *
 * @param connections that the pools believed to have, all together
 * @param peak the most sockets at once, exactly
 * @param sockets all that were ever opened
 * @param units of work that were done
 * @param tenants that were served
 * @param failures how often which, by their texts
 * @param agent what the agent counted; {@code {}} without it
 * @param medianSessions sessions at the server, usually
 * @param mostSessions sessions at the server, the most that were ever seen
 */
record Run(
    int millis,
    int connections,
    int peak,
    int sockets,
    int units,
    int tenants,
    String failures,
    String agent,
    int medianSessions,
    int mostSessions) {

  /** The run of a child that has just begun, after its end. */
  static Run of(RunningJvm child, List<Integer> sessions) {
    return new Run(
        number(child, "millis "),
        number(child, "connections "),
        number(child, "peak "),
        number(child, "sockets "),
        number(child, "units "),
        number(child, "tenants "),
        child.awaitLine("failures "),
        child.awaitLine("agent "),
        sessions.get(sessions.size() / 2),
        sessions.get(sessions.size() - 1));
  }

  private static int number(RunningJvm child, String line) {
    return Integer.parseInt(child.awaitLine(line));
  }
}
