package io.tenantpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Draws the pictures of {@code docs/performance.md} from a CSV of {@link Compare}. Arguments: the
 * CSV, the directory for the pictures.
 */
public final class Draw {

  private Draw() {}

  public static void main(String[] args) throws IOException {
    List<Row> rows = Csv.read(Path.of(args[0]));
    Path directory = Path.of(args[1]);
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> picture : Pictures.of(rows).entrySet()) {
      Path file = directory.resolve(picture.getKey() + ".svg");
      Files.write(file, picture.getValue());
      System.out.println(file);
    }
  }
}
