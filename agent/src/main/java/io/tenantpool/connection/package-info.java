/**
 * One physical connection, what the application holds instead of it, and the lease that ties the
 * two.
 */
@NullMarked
package io.tenantpool.connection;

import org.jspecify.annotations.NullMarked;
