package io.tenantpool.config;

/** How one event is written on its one line. */
public enum LogFormat {
  TEXT,
  JSON
}
