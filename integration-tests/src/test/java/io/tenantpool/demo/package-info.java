/**
 * The demo: the sample program of {@code com.example.shop} without and with the agent, on a real
 * PostgreSQL, side by side.
 */
@NullMarked
package io.tenantpool.demo;

import org.jspecify.annotations.NullMarked;
