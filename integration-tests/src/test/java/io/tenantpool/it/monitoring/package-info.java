/** The agent under the eyes of real monitoring: Prometheus, promtool, the JMX exporter. */
@NullMarked
package io.tenantpool.it.monitoring;

import org.jspecify.annotations.NullMarked;
