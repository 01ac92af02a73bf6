/** What befalls a server or the network before it: with the finished jar, and without. */
@NullMarked
package io.tenantpool.it.outages;

import org.jspecify.annotations.NullMarked;
