/** Files that are numbered and begun anew when they are full; knows nothing of the pool. */
@NullMarked
package io.tenantpool.observation.audit;

import org.jspecify.annotations.NullMarked;
