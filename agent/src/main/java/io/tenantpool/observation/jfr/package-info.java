/** What the pool does as events of the JDK's Flight Recorder. Nothing else touches its classes. */
@NullMarked
package io.tenantpool.observation.jfr;

import org.jspecify.annotations.NullMarked;
