package io.tenantpool.observation.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The pool has closed a physical connection. */
@Name("io.tenantpool.Evict")
@Label("Connection Evict")
@Description(
    "The pool closed a physical connection; the stack shows who needed its place where that is the cause")
final class EvictEvent extends ConnectionEvent {

  @Label("Cause")
  @Description("Why it was closed, as in the log and in JMX")
  @Nullable String cause;

  @Label("Age")
  @Description("How long it was open")
  @Timespan(Timespan.NANOSECONDS)
  long age;
}
