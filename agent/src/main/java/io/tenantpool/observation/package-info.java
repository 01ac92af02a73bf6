/** What operators see: MXBeans, meters, events. Listens to the pool and is never in its way. */
@NullMarked
package io.tenantpool.observation;

import org.jspecify.annotations.NullMarked;
