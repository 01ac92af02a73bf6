/**
 * Small real programs on the frameworks that applications are built from, without and with the
 * agent.
 */
@NullMarked
package io.tenantpool.it.frameworks;

import org.jspecify.annotations.NullMarked;
