/** What operators see of the finished agent: MBeans, meters, log; read as a console reads them. */
@NullMarked
package io.tenantpool.it.jmx;

import org.jspecify.annotations.NullMarked;
