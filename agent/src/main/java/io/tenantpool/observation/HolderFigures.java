package io.tenantpool.observation;

import io.tenantpool.pool.Holder;
import io.tenantpool.pool.PinSite;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the table of the longest holders. */
public final class HolderFigures implements CompositeDataView {

  private static final int MOST_FRAMES = 60;

  private final Holder holder;

  HolderFigures(Holder holder) {
    this.holder = holder;
  }

  @Description("The tenant whose connection it is")
  public String getTenant() {
    return holder.tenant();
  }

  @Description("For how many milliseconds it has been held")
  public long getHeldMillis() {
    return TimeUnit.NANOSECONDS.toMillis(holder.heldNanos());
  }

  @Description("The thread that borrowed it")
  public String getThread() {
    return holder.thread();
  }

  @Description("The number of the physical connection, as in the log")
  public long getConnection() {
    return holder.connection();
  }

  @Description(
      "Where in the application it was borrowed; empty unless tenantpool.leak-detection-threshold"
          + " was set at that time")
  public String getSite() {
    StackTraceElement site = holder.site();
    return site == null ? "" : PinSite.text(site);
  }

  @Description("The stack of the borrow, innermost first; empty as the site is")
  public String getStack() {
    return lines(holder, "\n");
  }

  /** All but the stack on one line, what matters first: consoles are narrow. */
  String inWords() {
    String site = getSite();
    return getHeldMillis()
        + " ms, tenant "
        + getTenant()
        + ", thread "
        + getThread()
        + (site.isEmpty() ? "" : ", " + site)
        + ", connection "
        + getConnection();
  }

  /** The innermost frames of the stack. */
  static String lines(Holder holder, String separator) {
    return holder.stack().stream()
        .limit(MOST_FRAMES)
        .map(PinSite::text)
        .collect(Collectors.joining(separator));
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of(
            "tenant", getTenant(),
            "heldMillis", getHeldMillis(),
            "thread", getThread(),
            "connection", getConnection(),
            "site", getSite(),
            "stack", getStack());
    try {
      return new CompositeDataSupport(DescribedRow.type(HolderFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
