package io.tenantpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpool.benchmarks.load.Trace;
import io.tenantpool.benchmarks.load.UnitOfWork;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class PicturesTest {

  /** A JDK without fonts, as in some containers, cannot tell how wide a text is. */
  @BeforeAll
  static void fontsAreThere() {
    boolean fonts;
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
      fonts = font.getStringBounds("width", new FontRenderContext(null, true, true)).getWidth() > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      fonts = false;
    }
    assumeTrue(fonts, "no fonts on this machine");
  }

  @Test
  void everyPictureIsWellFormed() throws Exception {
    Map<String, byte[]> pictures = Pictures.of(rows());
    assertTrue(pictures.containsKey("closed-units"), pictures.keySet().toString());
    assertTrue(pictures.containsKey("closed-p99-by-threads"), pictures.keySet().toString());
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    DocumentBuilder parser = factory.newDocumentBuilder();
    for (byte[] picture : pictures.values()) {
      assertEquals(
          "svg",
          parser
              .parse(new InputSource(new ByteArrayInputStream(picture)))
              .getDocumentElement()
              .getTagName());
    }
  }

  @Test
  void whatWasSkippedIsNotDrawn() {
    Row skipped =
        new Row.Builder()
            .with(Column.WAY, "absent")
            .with(Column.LOOP, "closed")
            .with(Column.SKIPPED, "not here")
            .build();
    List<Row> rows = new ArrayList<>(rows());
    rows.add(skipped);
    assertEquals(
        List.of(List.of("none"), List.of("agent")),
        List.copyOf(Medians.group(rows, List.of(Column.WAY)).keySet()));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int threads : new int[] {1, 8}) {
      Cell cell =
          new Cell(10, Trace.ZIPF, 0, UnitOfWork.SELECT, 20, threads, new Cell.Timing(1, 0, 1_000));
      for (String way : List.of("none", "agent")) {
        rows.add(
            cell.toRow()
                .with(Column.WAY, way)
                .with(Column.ROUND, 0)
                .with(Column.UNITS, 100)
                .with(Column.UNITS_PER_SECOND, 100.0 * threads)
                .with(Column.P50_MS, 1.0)
                .with(Column.P99_MS, 2.0)
                .with(Column.P999_MS, 3.0)
                .with(Column.SERVER_CONNECTIONS_MAX, 20)
                .with(Column.CPU_CLIENT_SECONDS, 0.5)
                .with(Column.CPU_POOLER_SECONDS, 0.0)
                .with(Column.CPU_SERVER_SECONDS, 0.25)
                .build());
      }
    }
    return rows;
  }
}
