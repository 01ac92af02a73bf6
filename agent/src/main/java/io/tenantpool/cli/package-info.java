/**
 * What {@code java -jar tenant-pool-agent.jar} runs: looks at JVMs with the agent, from outside.
 */
@NullMarked
package io.tenantpool.cli;

import org.jspecify.annotations.NullMarked;
