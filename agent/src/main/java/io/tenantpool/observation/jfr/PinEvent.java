package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A lease was pinned. */
@Name("io.tenantpool.Pin")
@Label("Connection Pin")
@Description("A lease cannot end yet, or its connection cannot be used again")
final class PinEvent extends ConnectionEvent {

  @Label("Cause")
  @Description("What pins it, as in the log and in JMX")
  @Nullable String cause;

  @Label("Site")
  @Description("The line of the application that did it")
  @Nullable String site;
}
