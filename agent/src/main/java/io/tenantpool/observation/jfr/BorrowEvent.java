package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** From the request for a connection to the begin of its lease. */
@Name("io.tenantpool.Borrow")
@Label("Connection Borrow")
@Description(
    "A thread asked for a connection and got one: waiting, connecting, validating and resetting included")
@Threshold("10 ms")
final class BorrowEvent extends ConnectionEvent {

  @Label("Opened")
  @Description("Whether the connection was opened for this borrow, and served nobody before")
  boolean opened;
}
