package io.tenantpool.it.support;

import java.io.IOException;

/** Where a {@link TestPostgres} comes from. */
interface PostgresSource {

  String host();

  int port();

  /** A superuser. */
  String adminUser();

  /** The superuser's password; empty when the server asks for none. */
  String adminPassword();

  /** The database that the superuser connects to. */
  default String adminDatabase() {
    return "postgres";
  }

  /** Whether databases and users outlive {@link #close}, and so must be dropped one by one. */
  boolean isKept();

  /** Stops the server, breaking all sessions; keeps its data and its port. */
  default void stop() throws IOException {
    throw new UnsupportedOperationException("this server cannot be stopped");
  }

  /** Starts the server again after {@link #stop}. */
  default void startAgain() throws IOException {
    throw new UnsupportedOperationException("this server cannot be started");
  }

  /** Ends what was started for the test. */
  void close() throws IOException;
}
