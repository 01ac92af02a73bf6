package io.tenantpool.observation.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What every event tells. */
@Category("Tenant Pool")
@StackTrace
abstract class PoolEvent extends Event {

  @Label("Server")
  @Description("Host and port of the database server")
  @Nullable String server;

  @Label("Tenant")
  @Description("Whose connection it is: the database, unless a URL pattern says otherwise")
  @Nullable String tenant;
}
