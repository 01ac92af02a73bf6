package io.tenantpool.observation;

import io.tenantpool.pool.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** Who wants to be told, and the telling; on the observation thread. */
final class NoticeBoard extends NotificationBroadcasterSupport {

  private final ObjectName source;
  private final Ticker ticker;
  private final AtomicLong sent = new AtomicLong();

  NoticeBoard(ObjectName source, Ticker ticker) {
    super(Notice.described());
    this.source = source;
    this.ticker = ticker;
  }

  /** Plain JDK types alone travel: a console has no class of ours. */
  void send(Notice notice, String message) {
    String clean = Secrets.hide(message);
    sendNotification(
        new Notification(
            notice.type(), source, sent.incrementAndGet(), ticker.epochMillis(), clean));
  }
}
