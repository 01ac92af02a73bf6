/** How many connections a server's tenants need: the capacity curve, computed while it happens. */
@NullMarked
package io.tenantpool.observation.capacity;

import org.jspecify.annotations.NullMarked;
