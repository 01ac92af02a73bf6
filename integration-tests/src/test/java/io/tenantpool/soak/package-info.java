/**
 * An application with the finished jar under faults that come at random, for as long as is wished:
 * {@code mvn -Psoak -Dsoak.minutes=30 verify}.
 */
@NullMarked
package io.tenantpool.soak;

import org.jspecify.annotations.NullMarked;
