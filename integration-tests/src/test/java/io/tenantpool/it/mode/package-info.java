/** The modes: what is measured while nothing is pooled, and switching in the middle of the work. */
@NullMarked
package io.tenantpool.it.mode;

import org.jspecify.annotations.NullMarked;
