package io.tenantpool.connection;

/** A connection that the application opened itself: its one lease lasts until it is closed. */
final class DirectConnection extends LogicalConnection {

  DirectConnection(Lease lease, boolean allowsOneStatement) {
    super(((DriverConnection) lease.physical()).driverConnection().getClass(), allowsOneStatement);
    begin(new Binding(lease));
  }

  @Override
  boolean isPortable() {
    return false;
  }
}
