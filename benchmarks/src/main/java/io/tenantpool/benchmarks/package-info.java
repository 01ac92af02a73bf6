/**
 * The agent beside other ways to connect many tenants: which loads, in which order, what was seen
 * from outside, and the pictures of it.
 */
@NullMarked
package io.tenantpool.benchmarks;

import org.jspecify.annotations.NullMarked;
