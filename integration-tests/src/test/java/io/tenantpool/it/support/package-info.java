/** What the integration tests stand on: a PostgreSQL server, and JVMs with or without the agent. */
@NullMarked
package io.tenantpool.it.support;

import org.jspecify.annotations.NullMarked;
