package io.tenantpool.observation;

import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/** A described MXBean that also sends notifications: those of its board. */
final class EmittingMBean<T> extends DescribedMBean<T> implements NotificationEmitter {

  private final NoticeBoard board;

  EmittingMBean(T view, Class<T> type, NoticeBoard board) {
    super(view, type);
    this.board = board;
  }

  @Override
  MBeanNotificationInfo[] notifications() {
    return board.getNotificationInfo();
  }

  @Override
  public MBeanNotificationInfo[] getNotificationInfo() {
    return notifications();
  }

  @Override
  public void addNotificationListener(
      NotificationListener listener,
      @Nullable NotificationFilter filter,
      @Nullable Object handback) {
    board.addNotificationListener(listener, filter, handback);
  }

  @Override
  public void removeNotificationListener(NotificationListener listener)
      throws ListenerNotFoundException {
    board.removeNotificationListener(listener);
  }

  @Override
  public void removeNotificationListener(
      NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
      throws ListenerNotFoundException {
    board.removeNotificationListener(listener, filter, handback);
  }
}
