/** Wires the agent together, in reading order. */
@NullMarked
package io.tenantpool.start;

import org.jspecify.annotations.NullMarked;
