/**
 * How an application sets up each pool library. One small class each, loaded by name, so that a
 * child JVM needs only the library that it tries, in whatever version.
 */
@NullMarked
package io.tenantpool.it.pools.library;

import org.jspecify.annotations.NullMarked;
