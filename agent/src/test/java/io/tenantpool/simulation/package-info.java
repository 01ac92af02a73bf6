/**
 * A world in which the real pool runs with simulated threads, time, network and database, decided
 * by a seed. {@code docs/concurrency.md}, "The simulation", tells the story.
 */
@org.jspecify.annotations.NullMarked
package io.tenantpool.simulation;
