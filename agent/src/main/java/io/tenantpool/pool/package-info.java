/** The one owner of every permit: budgets, tenants, waiting, eviction. */
@NullMarked
package io.tenantpool.pool;

import org.jspecify.annotations.NullMarked;
