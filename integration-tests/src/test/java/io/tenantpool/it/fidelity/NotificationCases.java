package io.tenantpool.it.fidelity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** LISTEN and NOTIFY. */
final class NotificationCases implements CaseTable.Cases {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOMENT_MILLIS = 50;

  @Override
  public void addTo(CaseTable table) {
    table
        .add(
            "notify: from another connection, waited for",
            scene -> {
              Connection listener = scene.openAfter("LISTEN news");
              Sql.execute(scene.open(), "NOTIFY news, 'extra'");
              return received(listener, PATIENCE_MILLIS);
            })
        .add(
            "notify: comes along with a query",
            scene -> {
              Connection listener = scene.openAfter("LISTEN a", "LISTEN b");
              Connection other = scene.open();
              other.setAutoCommit(false);
              Sql.execute(other, "NOTIFY b, '1'");
              Sql.execute(other, "NOTIFY a, '2'");
              other.commit();
              Sql.execute(listener, "SELECT 1");
              return received(listener, PATIENCE_MILLIS);
            })
        .add(
            "notify: to oneself, with the own process id",
            scene -> {
              Connection connection = scene.openAfter("LISTEN own", "NOTIFY own");
              PGConnection pg = (PGConnection) connection;
              PGNotification notification = pg.getNotifications()[0];
              return List.of(
                  notification.getName(),
                  notification.getParameter(),
                  notification.getPID() == pg.getBackendPID());
            })
        .add(
            "notify: each only once",
            scene -> {
              Connection connection = scene.openAfter("LISTEN own", "NOTIFY own, 'x'");
              return List.of(
                  received(connection, PATIENCE_MILLIS), received(connection, MOMENT_MILLIS));
            })
        .add(
            "notify: nothing there",
            scene -> {
              PGConnection pg = (PGConnection) scene.open();
              return Arrays.asList(pg.getNotifications(), pg.getNotifications(MOMENT_MILLIS));
            })
        .add(
            "notify: rolled back",
            scene -> {
              Connection listener = scene.openAfter("LISTEN news");
              Connection other = scene.open();
              other.setAutoCommit(false);
              Sql.execute(other, "NOTIFY news, 'never'");
              other.rollback();
              return received(listener, MOMENT_MILLIS);
            })
        .add(
            "notify: no longer listened for",
            scene -> {
              Connection listener = scene.openAfter("LISTEN news", "LISTEN old", "UNLISTEN old");
              Sql.execute(scene.open(), "NOTIFY old");
              Sql.execute(scene.open(), "NOTIFY news");
              return received(listener, PATIENCE_MILLIS);
            })
        .add(
            "notify: a later connection does not listen",
            scene -> {
              scene.openAfter("LISTEN news").close();
              Connection later = scene.openAfter("NOTIFY news");
              return List.of(
                  received(later, MOMENT_MILLIS),
                  Sql.rows(later, "SELECT * FROM pg_listening_channels()"));
            })
        .add(
            "notify: asked for after close",
            scene -> {
              Connection connection = scene.openAfter("LISTEN news");
              connection.close();
              return ((PGConnection) connection).getNotifications();
            });
  }

  /** Channel and payload of what has arrived, waiting for the first one. */
  private static @Nullable Object received(Connection listener, int millis) throws SQLException {
    PGNotification[] notifications = listener.unwrap(PGConnection.class).getNotifications(millis);
    return notifications == null
        ? "null"
        : Arrays.stream(notifications).map(n -> n.getName() + "=" + n.getParameter()).toList();
  }
}
