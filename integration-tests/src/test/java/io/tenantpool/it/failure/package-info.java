/** Promises 6, 7 and 8: what an application sees of a server in trouble. */
@NullMarked
package io.tenantpool.it.failure;

import org.jspecify.annotations.NullMarked;
