package io.tenantpool.connection;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code PGConnection.getParameterStatuses} returns: a view of the values that the server last
 * reported, as the driver's own map is. After the lease it goes on saying what was so when somebody
 * last looked: the session is somebody else's by then.
 */
final class ParameterStatuses extends AbstractMap<String, String> {

  private final LogicalConnection session;
  private final Binding lease;
  private final Map<?, ?> ofDriver;
  private volatile Map<String, String> last;

  /** From inside, while the lease lasts. */
  ParameterStatuses(LogicalConnection session, Binding lease, Map<?, ?> ofDriver) {
    this.session = session;
    this.lease = lease;
    this.ofDriver = ofDriver;
    last = copyOf(ofDriver);
  }

  /** With the driver's order and its indifference to case. */
  private static Map<String, String> copyOf(Map<?, ?> map) {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.forEach((name, value) -> copy.put((String) name, (String) value));
    return Collections.unmodifiableMap(copy);
  }

  private Map<String, String> now() {
    session.lookBeside(lease, () -> last = copyOf(ofDriver));
    return last;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return now().entrySet();
  }

  @Override
  public @Nullable String get(Object name) {
    return now().get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return now().containsKey(name);
  }
}
