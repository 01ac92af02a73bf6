package io.tenantpool.observation;

/** Where finished log lines go. Called by the observation thread only. */
@FunctionalInterface
interface LogWriter {

  void write(String line);
}
