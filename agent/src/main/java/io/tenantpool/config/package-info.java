/** What an operator can set, where each value came from, and everything that was wrong with it. */
@NullMarked
package io.tenantpool.config;

import org.jspecify.annotations.NullMarked;
