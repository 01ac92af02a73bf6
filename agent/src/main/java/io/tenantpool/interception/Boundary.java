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
 * @param condition the call is added for those alone for whom this leads to something; null for all
 * @param required whether a library without it is a version that is not known
 */
record Boundary(
    String type,
    String method,
    @Nullable String descriptor,
    Event event,
    boolean atEntry,
    Value value,
    @Nullable Value condition,
    boolean required) {

  /** What happens at a boundary. */
  enum Event {
    CREATES,
    /** Goes on with the set-up of a connection that was created before and not lent yet. */
    SETS_UP,
    /** Creates connections that stay the driver's own. */
    BYPASSES,
    LENDS,
    /** Follows a loan: there will be work after {@link #RETURNS_UNLESS_WORK}. */
    WORKS_LATER,
    RETURNS,
    /** Returns, unless there will be work of the pool that belongs to the checkout. */
    RETURNS_UNLESS_WORK,
    /** Will use a connection that was lent, perhaps on another thread that this one waits for. */
    USES,
    /** Gives the application the connection that it holds itself. */
    UNWRAPS
  }

  /**
   * The method creates connections and sets them up; the object that it belongs to, or its class
   * when it is static, is the pool.
   */
  static Boundary creates(String type, String method) {
    return new Boundary(type, method, null, Event.CREATES, true, Value.self(), null, true);
  }

  /** The method goes on with the set-up of a connection that nobody has borrowed yet. */
  static Boundary setsUp(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.SETS_UP, true, connection, null, true);
  }

  /** What the method opens is never pooled, but counted. */
  static Boundary bypasses(String type, String method) {
    return new Boundary(type, method, null, Event.BYPASSES, true, Value.self(), null, true);
  }

  /** When the method is entered, a connection is on its way out. */
  static Boundary lendsAtEntry(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.LENDS, true, connection, null, true);
  }

  /** When the method returns, a connection is on its way out. */
  static Boundary lendsAtExit(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.LENDS, false, connection, null, true);
  }

  /** When the method is entered, a connection has come back, and nobody can borrow it yet. */
  static Boundary returnsAtEntry(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.RETURNS, true, connection, null, true);
  }

  /** When the method returns normally, a connection has come back; nobody can borrow it yet. */
  static Boundary returnsAtExit(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.RETURNS, false, connection, null, true);
  }

  /**
   * When the method is entered, a connection is on its way out that the pool will work with once
   * more when it is back.
   */
  static Boundary worksLater(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.WORKS_LATER, true, connection, null, true);
  }

  /** When the method is entered, a connection has come back, unless it is one of those. */
  static Boundary returnsUnlessWork(String type, String method, Value connection) {
    return new Boundary(
        type, method, null, Event.RETURNS_UNLESS_WORK, true, connection, null, true);
  }

  /**
   * When the method is entered, a connection is about to be used, on another thread than the one
   * that will wait for it.
   */
  static Boundary usesAtEntry(String type, String method, Value connection) {
    return new Boundary(type, method, null, Event.USES, true, connection, null, true);
  }

  /**
   * When the method returns, the application gets what may be a connection as the driver gave it:
   * something that stands for the session is returned instead.
   */
  static Boundary unwraps(String type, String method) {
    return new Boundary(type, method, null, Event.UNWRAPS, false, Value.result(), null, true);
  }

  /** The same for the one overload with this descriptor. */
  Boundary describedAs(String methodDescriptor) {
    return new Boundary(type, method, methodDescriptor, event, atEntry, value, condition, required);
  }

  /** The same, with another way to the pool than the object that creates. */
  Boundary poolIs(Value pool) {
    return new Boundary(type, method, descriptor, event, atEntry, pool, condition, required);
  }

  /** The same, but some of the versions that are known do not have it. */
  Boundary whereThere() {
    return new Boundary(type, method, descriptor, event, atEntry, value, condition, false);
  }

  /** The same at an entry, but only where {@code given} leads to something. */
  Boundary where(Value given) {
    return new Boundary(type, method, descriptor, event, atEntry, value, given, required);
  }
}
