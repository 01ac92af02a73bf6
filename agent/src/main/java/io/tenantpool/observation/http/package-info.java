/** The agent's own HTTP server: small, bounded in all it takes, and deaf without the token. */
@NullMarked
package io.tenantpool.observation.http;

import org.jspecify.annotations.NullMarked;
