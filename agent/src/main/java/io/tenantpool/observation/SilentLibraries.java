package io.tenantpool.observation;

import java.lang.invoke.MethodHandles;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps the SLF4J of the agent's libraries quiet. Left alone, it would look for its provider where
 * {@code -Dslf4j.provider} says, which is meant for the application's SLF4J, and complain on
 * standard error that the agent's loader has no such class.
 */
final class SilentLibraries {

  /** {@code LoggerFactory.SUCCESSFUL_INITIALIZATION}. */
  private static final int INITIALIZED = 3;

  private SilentLibraries() {}

  /**
   * To be called before a library that logs is touched.
   *
   * @throws ReflectiveOperationException when this SLF4J is not the one that the agent is built
   *     with
   */
  static void silence() throws ReflectiveOperationException {
    MethodHandles.Lookup slf4j =
        MethodHandles.privateLookupIn(LoggerFactory.class, MethodHandles.lookup());
    SilentSlf4jProvider silent = new SilentSlf4jProvider();
    silent.initialize();
    slf4j
        .findStaticVarHandle(LoggerFactory.class, "PROVIDER", SLF4JServiceProvider.class)
        .setVolatile((SLF4JServiceProvider) silent);
    slf4j
        .findStaticVarHandle(LoggerFactory.class, "INITIALIZATION_STATE", int.class)
        .setVolatile(INITIALIZED);
  }
}
