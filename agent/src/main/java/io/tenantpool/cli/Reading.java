package io.tenantpool.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all MBeans of the agent said at one moment.
 *
 * @param uptimeMillis how old the JVM was then; the clock that rates are computed with
 * @param watchedTenants those whose connections are not pooled but only watched
 */
record Reading(
    long pid,
    long uptimeMillis,
    Bean manager,
    List<Bean> servers,
    List<Bean> tenants,
    List<Bean> watchedTenants) {

  Optional<Bean> server(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst();
  }

  Optional<Bean> tenant(String server, String name) {
    return find(tenants, server, name);
  }

  Optional<Bean> watchedTenant(String server, String name) {
    return find(watchedTenants, server, name);
  }

  private static Optional<Bean> find(List<Bean> beans, String server, String name) {
    return beans.stream()
        .filter(bean -> bean.server().equals(server) && bean.name().equals(name))
        .findFirst();
  }

  /** The live tenants of a server, those first that use it most. */
  List<Bean> tenantsByUse(String server) {
    return tenants.stream()
        .filter(tenant -> tenant.server().equals(server))
        .sorted(
            Comparator.comparingLong((Bean tenant) -> -tenant.count("Active"))
                .thenComparingLong(tenant -> -tenant.count("Waiting"))
                .thenComparingLong(tenant -> -tenant.count("Open"))
                .thenComparingLong(tenant -> -tenant.count("Borrows"))
                .thenComparing(Bean::name))
        .toList();
  }

  /** The watched tenants of a server, those first that hold most. */
  List<Bean> watchedTenantsBySize(String server) {
    return watchedTenants.stream()
        .filter(tenant -> tenant.server().equals(server))
        .sorted(
            Comparator.comparingLong((Bean tenant) -> -tenant.count("Held"))
                .thenComparingLong(tenant -> -tenant.count("Busy"))
                .thenComparingLong(tenant -> -tenant.count("Opens"))
                .thenComparing(Bean::name))
        .toList();
  }

  /** For machines. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pid", pid);
    map.put("uptimeMillis", uptimeMillis);
    map.put("manager", manager.attributes());
    map.put("servers", servers.stream().map(Reading::named).toList());
    map.put("tenants", tenants.stream().map(Reading::named).toList());
    map.put("watchedTenants", watchedTenants.stream().map(Reading::named).toList());
    return map;
  }

  private static Map<String, Object> named(Bean bean) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!bean.server().isEmpty()) {
      map.put("server", bean.server());
    }
    map.put("name", bean.name());
    map.putAll(bean.attributes());
    return map;
  }
}
