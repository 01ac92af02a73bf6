/**
 * From what a driver was asked for to the pool key that may serve it, or to a bypass with its
 * reason.
 */
@NullMarked
package io.tenantpool.routing;

import org.jspecify.annotations.NullMarked;
