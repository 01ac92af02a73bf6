package io.tenantpool.observation;

import javax.management.MBeanNotificationInfo;
import javax.management.Notification;

/** What operators are told of unasked: the kinds of notification that the PoolManager sends. */
enum Notice {
  BUDGET_EXHAUSTED(
      "io.tenantpool.budget.exhausted",
      "A thread has to wait because every connection of its server's budget is in use; once until"
          + " nobody has had to wait for ten seconds"),
  BUDGET_LOWERED(
      "io.tenantpool.budget.lowered",
      "A server has room for fewer connections than its budget: it says that it allows no more, or"
          + " it is full because others use its connections; once until that is over"),
  BUDGET_RESTORED("io.tenantpool.budget.restored", "The server has room for more again after that"),
  SERVER_UNREACHABLE(
      "io.tenantpool.server.unreachable",
      "A connect failed because the server did not answer; once until a connect succeeds"),
  SERVER_BACK("io.tenantpool.server.back", "The first connect that succeeded after that"),
  CIRCUIT_OPEN(
      "io.tenantpool.circuit.open",
      "Connects to a server, or of one tenant, have failed again and again: one at a time tries, the"
          + " others wait for what comes of it"),
  CIRCUIT_CLOSED(
      "io.tenantpool.circuit.closed",
      "The first connect that succeeded after that, or nobody has tried for ten seconds"),
  TENANT_EVICTED(
      "io.tenantpool.tenant.evicted",
      "A tenant gave an idle connection up to another one; at most one in ten seconds for each"
          + " server, with the number of those in between"),
  HOLD_AND_WAIT(
      "io.tenantpool.hold.and.wait",
      "A borrow timed out while every connection that it could have had was held, for the whole of"
          + " its wait, by threads that did nothing with them; once until that has not happened for"
          + " ten seconds"),
  LAST_CONNECTION(
      "io.tenantpool.last.connection",
      "A thread that holds a connection got the last one of its server's budget, which is kept for"
          + " such threads, while others wait; once until that has not happened for ten seconds"),
  LEAK_SUSPECTED(
      "io.tenantpool.leak.suspected",
      "The application has held a connection for longer than tenantpool.leak-detection-threshold;"
          + " once for each lease"),
  SETTING_CHANGED("io.tenantpool.setting.changed", "An operator changed a setting");

  private final String type;
  private final String meaning;

  Notice(String type, String meaning) {
    this.type = type;
    this.meaning = meaning;
  }

  /** The type of its JMX notification. */
  String type() {
    return type;
  }

  /** One entry for each kind. */
  static MBeanNotificationInfo[] described() {
    MBeanNotificationInfo[] all = new MBeanNotificationInfo[values().length];
    for (Notice notice : values()) {
      all[notice.ordinal()] =
          new MBeanNotificationInfo(
              new String[] {notice.type}, Notification.class.getName(), notice.meaning);
    }
    return all;
  }
}
