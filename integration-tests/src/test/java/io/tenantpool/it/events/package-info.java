/** Single connections as recordings, the log and the audit tell of them. */
@NullMarked
package io.tenantpool.it.events;

import org.jspecify.annotations.NullMarked;
