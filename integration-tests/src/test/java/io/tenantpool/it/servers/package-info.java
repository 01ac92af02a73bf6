/**
 * Jakarta servers with pools of their own, from Maven Central. Hundreds of megabytes: run by {@code
 * mvn -Pservers verify} alone.
 */
@NullMarked
package io.tenantpool.it.servers;

import org.jspecify.annotations.NullMarked;
