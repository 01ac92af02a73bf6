/** Promise 1: the cap, counted at the sockets themselves. */
@NullMarked
package io.tenantpool.it.cap;

import org.jspecify.annotations.NullMarked;
