package io.tenantpool.interception;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One library of application pools: where it creates its connections, hands them out and takes them
 * back. A new one is a file of its own, an entry in {@link #ALL}, and the simple names of its
 * classes in {@link PoolClassNames}.
 *
 * <p>All boundaries belong together. A class is instrumented only when the class files that its
 * loader shows have every required one, the paths to the connections included; otherwise it is a
 * version that nobody knows, and is left as it is: its connections are direct ones. So no
 * connection becomes portable that its pool could then take back unseen.
 *
 * <p>Where to place them. <em>Creates</em>: around the opening and all that sets the connection up
 * for ever, such as initial SQL and defaults, but not around its validation later on; where some of
 * that comes later, before the first loan, <em>sets up</em> stands around it. <em>Lends</em>: after
 * the validation, before the application has it. <em>Returns</em>: after the pool's own roll-back
 * and reset, before another thread can borrow it. Lending or returning twice does nothing;
 * returning what is still in use does harm.
 */
interface PoolLibrary {

  /** All there are. */
  List<PoolLibrary> ALL =
      List.of(
          new HikariCp(),
          new CommonsDbcp2(),
          new TomcatJdbc(),
          new C3p0(),
          new Druid(),
          new Agroal(),
          new Vibur(),
          new IronJacamar(),
          new GlassFish(),
          new OpenLiberty(),
          new PgPooledConnection(),
          new PgXaConnection(),
          new MyBatis(),
          HibernatePool.ofItsOwnClass(),
          HibernatePool.nested());

  /** Its name for people. */
  String name();

  /** Where to add what. */
  List<Boundary> boundaries();

  /**
   * Has {@code pool}, the object whose method creates connections, go the way of a new connection
   * as far as the driver's {@code connect}, where it ends this time: so it is seen with which
   * credentials the pool connects now. Leaves as little behind in the pool as can be. Nothing
   * happens where that is not known.
   *
   * @throws ReflectiveOperationException around what the pool throws, or where it is another
   *     version
   */
  default void createFor(Object pool) throws ReflectiveOperationException {}

  /** The library of that name; null for none, such as a pool of the application's own making. */
  static @Nullable PoolLibrary named(String name) {
    for (PoolLibrary library : ALL) {
      if (library.name().equals(name)) {
        return library;
      }
    }
    return null;
  }
}
