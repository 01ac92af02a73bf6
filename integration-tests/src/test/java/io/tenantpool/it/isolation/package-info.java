/** Promises 2 and 3: who may share a session, and what is left in it. */
@NullMarked
package io.tenantpool.it.isolation;

import org.jspecify.annotations.NullMarked;
