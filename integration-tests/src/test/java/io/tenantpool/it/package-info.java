/** The finished agent in real child JVMs against real servers. */
@NullMarked
package io.tenantpool.it;

import org.jspecify.annotations.NullMarked;
