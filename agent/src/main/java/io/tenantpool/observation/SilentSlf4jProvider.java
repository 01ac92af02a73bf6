package io.tenantpool.observation;

import org.slf4j.ILoggerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/**
 * SLF4J without a word: libraries have nothing to say to an operator, and their lines would not be
 * JSON.
 */
public final class SilentSlf4jProvider extends NOP_FallbackServiceProvider {

  /** Not SLF4J's own: finding that, Micrometer would turn to java.util.logging. */
  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> NOPLogger.NOP_LOGGER;
  }
}
