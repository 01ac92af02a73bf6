/** What the number of tenants and servers costs. */
@NullMarked
package io.tenantpool.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
