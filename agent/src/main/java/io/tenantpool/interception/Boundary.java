package io.tenantpool.interception;

import org.jspecify.annotations.Nullable;

/**
 * One place in a pool library where a connection is created, handed out or taken back.
 *
 * @param type the end of the class's internal name, whole parts of it, such as {@code
 *     hikari/pool/PoolEntry}: so a copy that was moved to another package is found as well
 * @param method its name; every overload is meant unless {@code descriptor} says which
 * @param descriptor null for any
 * @param event what happens there
 * @param atEntry whether the call is added where the method is entered, else where it returns
 *     normally
 * @param value for an event on a connection, the way to it; for a creation, the way to the pool
 * @param required whether a library without it is a version that is not known
 */
record Boundary(
    String type,
    String method,
    @Nullable String descriptor,
    Event event,
    boolean atEntry,
    Value value,
    boolean required) {

  /** What happens at a boundary. */
  enum Event {
    CREATES,
    LENDS,
    RETURNS
  }

  /**
   * The method creates connections and sets them up; the object that it belongs to, or its class
   * when it is static, is the pool.
   */
  static Boundary creates(String type, String method) {
    return new Boundary(type, method, null, Event.CREATES, true, Value.self(), true);
  }

  /** When the method is entered, a connection is on its way out. */
  static Boundary lendsAtEntry(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.LENDS, true, connection, true);
  }

  /** When the method returns, a connection is on its way out. */
  static Boundary lendsAtExit(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.LENDS, false, connection, true);
  }

  /** When the method is entered, a connection has come back, and nobody can borrow it yet. */
  static Boundary returnsAtEntry(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.RETURNS, true, connection, true);
  }

  /** When the method returns normally, a connection has come back; nobody can borrow it yet. */
  static Boundary returnsAtExit(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.RETURNS, false, connection, true);
  }

  /** The same for the one overload with this descriptor. */
  Boundary describedAs(String methodDescriptor) {
    return new Boundary(type, method, methodDescriptor, event, atEntry, value, required);
  }

  /** The same, with another way to the pool than the object that creates. */
  Boundary poolIs(Value pool) {
    return new Boundary(type, method, descriptor, event, atEntry, pool, required);
  }

  /** The same, but some of the versions that are known do not have it. */
  Boundary whereThere() {
    return new Boundary(type, method, descriptor, event, atEntry, value, false);
  }
}
