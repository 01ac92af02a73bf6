/**
 * What keeps the agent itself going: its threads, what it says of its faults. Knows no other room.
 */
@NullMarked
package io.tenantpool.upkeep;

import org.jspecify.annotations.NullMarked;
