package io.tenantpool.observation.jfr;

import io.tenantpool.pool.ConnectionLabel;
import jdk.jfr.Description;
import jdk.jfr.Label;

/** An event of one physical connection. */
abstract class ConnectionEvent extends PoolEvent {

  @ConnectionId
  @Label("Connection")
  @Description("The number of the physical connection, unique among those of its server")
  long connection;

  final void of(ConnectionLabel label) {
    server = label.server();
    tenant = label.tenant();
    connection = label.id();
  }
}
