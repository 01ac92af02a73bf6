/** DataSources of the driver that are more than a way to its connections. */
@NullMarked
package io.tenantpool.it.datasources;

import org.jspecify.annotations.NullMarked;
