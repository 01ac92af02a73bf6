package com.example.tenants;

import java.util.List;

/**
 * The tenants of an application, each with a database of its own. {@code url} has a {@code %s} for
 * the database.
 */
public record Tenants(String url, String user, String password, List<String> databases) {

  /** From a program's arguments: URL, user, password, databases. */
  public static Tenants of(String... arguments) {
    List<String> all = List.of(arguments);
    return new Tenants(all.get(0), all.get(1), all.get(2), all.subList(3, all.size()));
  }

  public int count() {
    return databases.size();
  }

  /** What the application calls a tenant, the same in every run. */
  public String name(int tenant) {
    return "tenant" + tenant;
  }

  public String url(int tenant) {
    return String.format(url, databases.get(tenant));
  }
}
