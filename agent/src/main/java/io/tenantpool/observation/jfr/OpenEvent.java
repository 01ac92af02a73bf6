package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** One connect. */
@Name("io.tenantpool.Open")
@Label("Connection Open")
@Description("The driver opened a physical connection, or failed to")
final class OpenEvent extends WorkEvent {

  @Label("Successful")
  @Description("Whether the driver could connect")
  boolean successful;

  @Override
  void successful(boolean is) {
    successful = is;
  }
}
