package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** One reset of a session. */
@Name("io.tenantpool.Reset")
@Label("Session Reset")
@Description("A session was made as clean as new after a lease; one that could not be is closed")
@Threshold("1 ms")
final class ResetEvent extends WorkEvent {

  @Label("Successful")
  @Description("Whether the session is clean now")
  boolean successful;

  @Override
  void successful(boolean is) {
    successful = is;
  }
}
