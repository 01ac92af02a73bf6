package io.tenantpool.observation;

/** Where finished log lines go. Called by the observation thread only. */
@FunctionalInterface
interface LogWriter {

  void write(String line);

  /**
   * Gets ready before a library that logs is touched, for it would start the logging its own way.
   */
  default void prepare() {}
}
