package io.tenantpool.observation;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to standard error or appends them to a file. No logging library does it: each of
 * them listens to system properties that the application sets for its own. Belongs to one thread.
 */
final class LineWriter implements LogWriter {

  private @Nullable Path file;
  private @Nullable OutputStream open;

  LineWriter(Optional<Path> file) {
    this.file = file.orElse(null);
  }

  @Override
  public void write(String line) {
    Path wanted = file;
    if (wanted != null) {
      try {
        append(wanted, line);
        return;
      } catch (IOException failure) {
        // The rest of the log must be somewhere, and an operator must learn where.
        file = null;
        System.err.println(
            "tenant-pool: the log goes on here, for its file cannot be written: " + failure);
      }
    }
    System.err.println(line);
  }

  private void append(Path wanted, String line) throws IOException {
    OutputStream out = open;
    if (out == null) {
      Path directory = wanted.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      out = new FileOutputStream(wanted.toFile(), true);
      open = out;
    }
    out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
  }
}
