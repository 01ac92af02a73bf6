/** What {@code java -jar tenant-pool-agent.jar} says of real JVMs. */
@NullMarked
package io.tenantpool.it.cli;

import org.jspecify.annotations.NullMarked;
