/** Which classes of the application are instrumented, and what the bridge calls. */
@NullMarked
package io.tenantpool.interception;

import org.jspecify.annotations.NullMarked;
