package io.tenantpool.observation;

import io.tenantpool.config.NotPooled;
import io.tenantpool.pool.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the table of what is not pooled. */
public final class NotPooledFigures implements CompositeDataView {

  /** So many rows are shown to people. */
  private static final int MOST_SITES = 20;

  private final Unpooled.Site unpooled;

  NotPooledFigures(Unpooled.Site unpooled) {
    this.unpooled = unpooled;
  }

  @Description("Why it is not pooled, one of the reasons in NotPooledByReason")
  public String getReason() {
    return unpooled.reason().name();
  }

  @Description("The server; empty where that cannot be told")
  public String getServer() {
    return unpooled.server();
  }

  @Description("The place in the application, or the driver's class and its class loader")
  public String getSite() {
    return unpooled.site();
  }

  @Description("What exactly, of the last one")
  public String getDetail() {
    return Secrets.hide(unpooled.detail());
  }

  @Description("How many connections, or sightings of a driver, since the start")
  public long getCount() {
    return unpooled.count();
  }

  @Description("When the first was seen, ISO 8601 in UTC")
  public String getFirst() {
    return Instant.ofEpochMilli(unpooled.firstMillis()).toString();
  }

  @Description("When the last was seen, ISO 8601 in UTC")
  public String getLast() {
    return Instant.ofEpochMilli(unpooled.lastMillis()).toString();
  }

  @Description("What the reason means")
  public String getMeaning() {
    return unpooled.reason().meaning();
  }

  @Description("What to do or to set")
  public String getAdvice() {
    return unpooled.reason().advice();
  }

  /** For JMX: counts by the names of the reasons. */
  static Map<String, Long> byReason(Map<NotPooled, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((reason, count) -> named.put(reason.name(), count));
    return named;
  }

  /** For people to read; nothing when all is pooled. */
  static List<String> lines(List<Unpooled.Site> sites) {
    List<String> lines = new ArrayList<>();
    for (Unpooled.Site site : sites.subList(0, Math.min(sites.size(), MOST_SITES))) {
      NotPooledFigures shown = new NotPooledFigures(site);
      String server = shown.getServer().isEmpty() ? "" : " " + clean(shown.getServer());
      lines.add(
          "  "
              + shown.getCount()
              + " x "
              + shown.getReason()
              + server
              + " at "
              + clean(shown.getSite()));
      lines.add("      " + clean(shown.getDetail()));
      lines.add("      " + shown.getMeaning() + "; " + shown.getAdvice());
    }
    if (sites.size() > MOST_SITES) {
      lines.add("  and " + (sites.size() - MOST_SITES) + " more");
    }
    return lines;
  }

  /** Names come from the application: no control character may forge a line. */
  private static String clean(String text) {
    return Secrets.hide(text).replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of(
            "reason", getReason(),
            "server", getServer(),
            "site", getSite(),
            "detail", getDetail(),
            "count", getCount(),
            "first", getFirst(),
            "last", getLast(),
            "meaning", getMeaning(),
            "advice", getAdvice());
    try {
      return new CompositeDataSupport(DescribedRow.type(NotPooledFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
