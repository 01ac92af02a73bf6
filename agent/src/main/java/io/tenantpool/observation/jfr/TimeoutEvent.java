package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A borrow ended with the acquire timeout. */
@Name("io.tenantpool.Timeout")
@Label("Borrow Timeout")
@Description(
    "A thread waited for a connection as long as tenantpool.acquire-timeout allows, and got none")
final class TimeoutEvent extends PoolEvent {

  @Label("Waited")
  @Description("How long it waited")
  @Timespan(Timespan.NANOSECONDS)
  long waited;
}
