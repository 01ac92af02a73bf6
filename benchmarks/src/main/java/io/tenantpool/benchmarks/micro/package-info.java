/** Figures of single calls, without a server; by JMH. */
@NullMarked
package io.tenantpool.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
