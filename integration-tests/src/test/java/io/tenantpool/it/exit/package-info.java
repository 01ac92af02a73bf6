/** Promise 10: the end of a JVM. */
@NullMarked
package io.tenantpool.it.exit;

import org.jspecify.annotations.NullMarked;
