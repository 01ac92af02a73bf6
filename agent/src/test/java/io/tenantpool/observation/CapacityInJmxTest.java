package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.pool.BorrowSamples;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeType;
import org.junit.jupiter.api.Test;

/** The capacity curve as operators see it. */
final class CapacityInJmxTest {

  private static final String SERVER = Names.server(StubPool.SERVER);
  private static final int TENANTS = 20;

  private final Show show = new Show();

  /** Each tenant in turn, {@code rounds} times: below a cap of twenty nobody ever hits. */
  private void inTurn(int rounds, long lost) {
    for (int round = 0; round < rounds; round++) {
      show.listener.samples(new InTurn(lost));
      show.ticker.advance(TimeUnit.MILLISECONDS.toNanos(200));
      show.step();
    }
  }

  private record InTurn(long lost) implements BorrowSamples {

    @Override
    public String server() {
      return StubPool.SERVER;
    }

    @Override
    public void forEach(Visitor visitor) {
      for (int i = 0; i < TENANTS; i++) {
        visitor.borrowed("tenant-" + i, 1000);
        visitor.returned("tenant-" + i, 1_000_000);
      }
    }
  }

  private CompositeData[] rows() throws JMException {
    return (CompositeData[]) show.attribute(SERVER, "CapacityCurve");
  }

  private CompositeData row(int cap) throws JMException {
    return Arrays.stream(rows()).filter(r -> r.get("cap").equals(cap)).findFirst().orElseThrow();
  }

  @Test
  void eachRowSaysWhatOneCapWouldHaveDone() throws JMException {
    show.live("acme");
    inTurn(100, 0);
    assertEquals(2, rows()[0].get("cap"));
    assertEquals(0.0, row(15).get("hitRate"));
    assertEquals(0.99, (double) row(20).get("hitRate"), 1e-9);
    assertEquals((2000 - 15) / 20.0, (double) row(15).get("evictionsPerSecond"), 1e-9);
    assertEquals(0.0, row(20).get("evictionsPerSecond"));
    assertEquals(0.0, row(2).get("waitRatio"));
    assertEquals("", row(15).get("mark"));
    assertEquals("recommended", row(20).get("mark"));
    assertEquals("current", row(87).get("mark"));
    assertEquals(20 + 10, show.attribute(SERVER, "RecommendedMaxConnections"), "with the reserve");
  }

  @Test
  void lostSamplesChangeTheTimeThatTheFiguresCoverAndNotTheRates() throws JMException {
    show.live("acme");
    inTurn(100, 2 * TENANTS);
    assertEquals((2000 - 15) / 10.0, (double) row(15).get("evictionsPerSecond"), 1e-9);
  }

  @Test
  void resetPeaksBeginsANewCurve() throws JMException {
    show.live("acme");
    inTurn(100, 0);
    show.invoke(SERVER, "resetPeaks");
    show.step();
    assertEquals(0, show.attribute(SERVER, "RecommendedMaxConnections"));
    inTurn(60, 0);
    assertEquals(1.0, (double) row(20).get("hitRate"), 1e-9);
  }

  @Test
  void beforeTheFirstBorrowThereIsACurveOfNothing() throws JMException {
    show.live("acme");
    assertEquals(0, show.attribute(SERVER, "RecommendedMaxConnections"));
    for (CompositeData row : rows()) {
      assertEquals(0.0, row.get("hitRate"));
      assertEquals(0.0, row.get("waitRatio"));
    }
  }

  @Test
  void everyItemIsDescribedInTheValueAndInTheInfo() throws JMException {
    show.live("acme");
    MBeanAttributeInfo attribute =
        Arrays.stream(show.mbeans.getMBeanInfo(new ObjectName(SERVER)).getAttributes())
            .filter(a -> a.getName().equals("CapacityCurve"))
            .findFirst()
            .orElseThrow();
    ArrayType<?> declared = (ArrayType<?>) attribute.getDescriptor().getFieldValue("openType");
    assertTrue(declared.isValue(rows()));
    for (CompositeType type :
        new CompositeType[] {
          (CompositeType) declared.getElementOpenType(), rows()[0].getCompositeType()
        }) {
      assertEquals(
          Set.of("cap", "hitRate", "evictionsPerSecond", "waitRatio", "waitMicrosMean", "mark"),
          type.keySet());
      for (String item : type.keySet()) {
        assertTrue(type.getDescription(item).contains(" "), item);
      }
    }
  }

  @Test
  void theReportSaysItAllInWords() throws JMException {
    show.live("acme");
    inTurn(100, 0);
    String report = (String) show.invoke(Names.POOL_MANAGER, "report");
    String[] lines = report.split("\n");
    assertEquals("Tenant Pool Agent 1.2.3", lines[0]);
    assertTrue(report.contains("Server db:5432\n"), report);
    assertTrue(report.contains("Cap: 97 (configured 100), 20 open now"), report);
    assertTrue(report.contains("would hold 20; the most open at once was 21"), report);
    assertTrue(
        report.contains(
            "without it there would have been 12, 9 of the application itself and 3 of its own"
                + " pools (HikariCP 3); with it there were 2 of 2.0 ms; 10 saved, 0.0 s."),
        report);
    assertTrue(report.contains("for a connection of the server: 2 borrows, 3.0 ms each."), report);
    assertTrue(
        report.contains("share of each: 3, more while nobody else wants it; acme<=10."), report);
    assertTrue(report.contains("last 2000 borrows (100.0 per second), all 20 tenants"), report);
    assertTrue(
        report.contains(
            "      20      99.0 %         0.00        0.0 %        0.000  recommended\n"),
        report);
    assertTrue(report.contains("  current\n"), report);
    assertTrue(report.contains("Recommended: tenantpool.max-connections=30 or more"), report);
  }

  @Test
  void aReportOnTooLittleRecommendsNothing() throws JMException {
    show.live("acme");
    inTurn(3, 0);
    String report = (String) show.invoke(Names.POOL_MANAGER, "report");
    assertTrue(report.contains("No recommendation yet: it needs 1000 borrows"), report);
    assertFalse(report.contains("recommended\n"), report);
  }
}
