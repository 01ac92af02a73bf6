/** Promise 7: the same calls without and with the agent, compared outcome by outcome. */
@NullMarked
package io.tenantpool.it.fidelity;

import org.jspecify.annotations.NullMarked;
