package io.tenantpool.observation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinylog.configuration.Configuration;

/**
 * Writes lines through SLF4J and tinylog to stderr or to a file. No class of either is touched
 * before the first line; then tinylog gets its whole configuration from here, so that a {@code
 * tinylog.properties} or {@code -Dtinylog.*} of the application changes nothing. Belongs to one
 * thread, whose context class loader must be the agent's: tinylog looks for its parts there.
 */
final class TinylogWriter implements LogWriter {

  private final Optional<Path> file;
  private @Nullable Logger logger;

  TinylogWriter(Optional<Path> file) {
    this.file = file;
  }

  @Override
  public void write(String line) {
    // The line tells its level itself.
    logger().info(line);
  }

  @Override
  public void prepare() {
    logger();
  }

  private Logger logger() {
    Logger ready = logger;
    if (ready == null) {
      Configuration.replace(configuration());
      ready = LoggerFactory.getLogger("io.tenantpool");
      logger = ready;
    }
    return ready;
  }

  private Map<String, String> configuration() {
    Map<String, String> values = new LinkedHashMap<>();
    // Libraries have nothing to say to an operator, and their lines would not be JSON.
    values.put("level", "off");
    values.put("level@io.tenantpool", "info");
    values.put("writer", file.isPresent() ? "file" : "console");
    values.put("writer.format", "{message}");
    if (file.isPresent()) {
      values.put("writer.file", file.get().toString());
      values.put("writer.append", "true");
      values.put("writer.charset", "UTF-8");
      values.put("writer.buffered", "false");
    } else {
      values.put("writer.stream", "err");
    }
    // The last lines are written at the end of the JVM; tinylog's own hook could run before.
    values.put("autoshutdown", "false");
    return values;
  }
}
