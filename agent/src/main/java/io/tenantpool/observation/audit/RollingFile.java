package io.tenantpool.observation.audit;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.tenantpool.config.AuditSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file that lines are appended to: {@code audit.log}, and {@code audit.log.1}, {@code
 * audit.log.2}, … once it is full, the lowest number the newest. Logback's appender does the work,
 * set up here alone: it reads no configuration and listens to no property of the application.
 * Belongs to one thread.
 */
final class RollingFile implements AutoCloseable {

  private final RollingFileAppender<String> appender = new RollingFileAppender<>();
  private final ContextBase context = new ContextBase();

  /**
   * Opens the file, and makes its directory where that is missing; {@code problems} hears what goes
   * wrong later.
   *
   * @throws IOException when it cannot be written
   */
  static RollingFile open(Path file, AuditSettings settings, Consumer<String> problems)
      throws IOException {
    Path absolute = file.toAbsolutePath();
    if (absolute.toString().indexOf('%') >= 0) {
      throw new IOException("a percent sign in its path means something else to its numbering");
    }
    Path directory = absolute.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    // Tries by itself, for the appender would say why it failed to nobody but its own status.
    Files.newOutputStream(absolute, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    return new RollingFile(absolute.toString(), settings, problems);
  }

  private RollingFile(String file, AuditSettings settings, Consumer<String> problems)
      throws IOException {
    context
        .getStatusManager()
        .add(
            status -> {
              if (status.getEffectiveLevel() >= Status.WARN) {
                problems.accept(status.getMessage());
              }
            });
    appender.setContext(context);
    appender.setFile(file);
    FixedWindowRollingPolicy numbering = new FixedWindowRollingPolicy();
    numbering.setContext(context);
    numbering.setParent(appender);
    numbering.setFileNamePattern(file + ".%i");
    numbering.setMinIndex(1);
    numbering.setMaxIndex(settings.maxFiles());
    numbering.start();
    SizeBasedTriggeringPolicy<String> full = new SizeBasedTriggeringPolicy<>();
    full.setContext(context);
    full.setMaxFileSize(new FileSize(settings.maxFileBytes()));
    // Looks at every line: by default a minute's lines may be too many.
    full.setCheckIncrement(Duration.buildByMilliseconds(0));
    full.start();
    Utf8Lines encoder = new Utf8Lines();
    encoder.setContext(context);
    encoder.start();
    appender.setRollingPolicy(numbering);
    appender.setTriggeringPolicy(full);
    appender.setEncoder(encoder);
    appender.start();
    if (!appender.isStarted()) {
      throw new IOException("the file cannot be opened");
    }
  }

  /** Appends a line, and begins another file before it when this one is full. */
  void write(String line) {
    appender.doAppend(line);
  }

  @Override
  public void close() {
    appender.stop();
    context.stop();
  }

  private static final class Utf8Lines extends EncoderBase<String> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(String line) {
      return (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }
}
