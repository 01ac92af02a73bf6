/**
 * The application under test, in a JVM of its own: how it gets connections, whose turn it is, and
 * when. Nothing here knows which way is measured.
 */
@NullMarked
package io.tenantpool.benchmarks.load;

import org.jspecify.annotations.NullMarked;
