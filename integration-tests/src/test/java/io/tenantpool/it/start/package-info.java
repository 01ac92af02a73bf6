/** The finished jar in child JVMs: what is in it, and every way of starting it. */
@NullMarked
package io.tenantpool.it.start;

import org.jspecify.annotations.NullMarked;
