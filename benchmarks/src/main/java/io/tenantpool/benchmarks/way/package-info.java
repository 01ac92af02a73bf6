/**
 * The ways to connect many tenants that are compared: what each needs, how it is set up, and how it
 * is held to a number of server connections.
 */
@NullMarked
package io.tenantpool.benchmarks.way;

import org.jspecify.annotations.NullMarked;
