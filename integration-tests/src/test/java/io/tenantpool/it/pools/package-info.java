/** Applications that already pool, in child JVMs: one application pool for each tenant. */
@NullMarked
package io.tenantpool.it.pools;

import org.jspecify.annotations.NullMarked;
