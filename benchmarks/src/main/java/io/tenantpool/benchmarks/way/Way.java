package io.tenantpool.benchmarks.way;

import java.io.IOException;
import java.util.Optional;

/** A way from an application with many tenants to one server. */
public interface Way {

  /** The name on the command line, in the CSV and in the pictures. */
  String name();

  /** Why it cannot be measured on this machine; empty when it can. */
  Optional<String> missing();

  /** How it is held to the budget of server connections, or why it cannot be. */
  String budgetRule();

  /** Whether it never has more server connections than the budget. */
  boolean isHeldToBudget();

  /** Makes ready what stands between the application and the server. */
  OpenWay open(Site site) throws IOException, InterruptedException;
}
