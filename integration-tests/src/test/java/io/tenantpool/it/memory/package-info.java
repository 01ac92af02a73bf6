/** What the agent keeps in memory, and what it lets go. */
@NullMarked
package io.tenantpool.it.memory;

import org.jspecify.annotations.NullMarked;
