package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThreadPlaceTest {

  private static StackTraceElement frame(String type) {
    return new StackTraceElement("loader", "module", "1", type, "call", "File.java", 7);
  }

  private static ThreadPlace place(String... types) {
    StackTraceElement[] stack = new StackTraceElement[types.length];
    for (int i = 0; i < types.length; i++) {
      stack[i] = frame(types[i]);
    }
    return ThreadPlace.of(stack);
  }

  @Test
  void oneThatWaitsForSomethingElseIsAtItsOwnInnermostPlace() {
    ThreadPlace place =
        place(
            "jdk.internal.misc.Unsafe",
            "java.util.concurrent.FutureTask",
            "com.acme.Requests",
            "org.springframework.web.Servlet",
            "com.acme.Main");
    assertFalse(place.isCalling());
    assertFalse(place.awaitsConnection());
    assertEquals("com.acme.Requests.call(File.java:7)", String.valueOf(place.site()));
  }

  @Test
  void oneInACallToTheDriverIsCalling() {
    assertTrue(
        place(
                "sun.nio.ch.NioSocketImpl",
                "org.postgresql.core.PGStream",
                "io.tenantpool.connection.proxy.org.postgresql.jdbc.PgStatement",
                "com.acme.Query")
            .isCalling());
  }

  @Test
  void oneThatWaitsForAConnectionItselfIsNotCalling() {
    ThreadPlace place =
        place(
            "jdk.internal.misc.Unsafe",
            "io.tenantpool.pool.Wait",
            "io.tenantpool.pool.ServerPool",
            "com.zaxxer.hikari.HikariDataSource",
            "com.acme.Nested");
    assertFalse(place.isCalling());
    assertTrue(place.awaitsConnection());
    assertEquals("com.acme.Nested.call(File.java:7)", String.valueOf(place.site()));
  }

  @Test
  void withoutTheApplicationALibrarysPlaceIsNamedAndOfAnEndedThreadNone() {
    ThreadPlace place = place("java.lang.Object", "org.quartz.Worker");
    assertEquals("org.quartz.Worker.call(File.java:7)", String.valueOf(place.site()));
    assertNull(ThreadPlace.of(new Thread("never started")).site());
  }
}
