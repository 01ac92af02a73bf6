package com.example.hibernate;

import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import jakarta.persistence.LockModeType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/**
 * Keeps the invoices of four tenants. Arguments: {@code databases} or {@code schemas}, a {@link
 * PoolKind}, those of {@link Tenants}.
 */
public final class HibernateBooks {

  private static final int TENANTS = 4;
  private static final int THREADS = 8;
  private static final int INVOICES_PER_TENANT = 40;

  private final SessionFactory sessions;
  private final Tenants tenants;

  private HibernateBooks(SessionFactory sessions, Tenants tenants) {
    this.sessions = sessions;
    this.tenants = tenants;
  }

  public static void main(String[] arguments) throws Exception {
    Tenants tenants = Tenants.of(Arrays.copyOfRange(arguments, 2, arguments.length));
    PoolKind kind = PoolKind.valueOf(arguments[1]);
    MultiTenantConnectionProvider<String> provider =
        arguments[0].equals("databases")
            ? new TenantDatabases(tenants, kind)
            : new TenantSchemas(tenants, kind);
    Configuration configuration = new Configuration().addAnnotatedClass(Invoice.class);
    configuration
        .getProperties()
        .put(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER, provider);
    try (SessionFactory sessions = configuration.buildSessionFactory()) {
      new HibernateBooks(sessions, tenants).work();
    }
  }

  /** The settings of Hibernate for connections to {@code url}. */
  static Map<String, Object> connection(Tenants tenants, String url) {
    return Map.of(
        "hibernate.connection.driver_class",
        "org.postgresql.Driver",
        "hibernate.connection.url",
        url,
        "hibernate.connection.username",
        tenants.user(),
        "hibernate.connection.password",
        tenants.password());
  }

  private void work() throws Exception {
    Crowd.run(THREADS, TENANTS * INVOICES_PER_TENANT, i -> write(i % TENANTS, i / TENANTS));
    Crowd.run(THREADS, TENANTS * INVOICES_PER_TENANT, i -> pay(i % TENANTS, i / TENANTS));
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      report(tenant);
    }
  }

  private Session open(int tenant) {
    return sessions.withOptions().tenantIdentifier((Object) tenants.name(tenant)).openSession();
  }

  /** Every fifth invoice is rolled back after it was written. */
  private void write(int tenant, int number) {
    try (Session session = open(tenant)) {
      Transaction transaction = session.beginTransaction();
      session.persist(new Invoice(number, tenants.name(tenant), 100 + number));
      session.flush();
      if (number % 5 == 0) {
        transaction.rollback();
      } else {
        transaction.commit();
      }
    }
  }

  private void pay(int tenant, int number) {
    try (Session session = open(tenant)) {
      Transaction transaction = session.beginTransaction();
      Invoice invoice = session.find(Invoice.class, number, LockModeType.PESSIMISTIC_WRITE);
      if ((invoice == null) != (number % 5 == 0)) {
        throw new IllegalStateException(tenants.name(tenant) + " " + number + ": " + invoice);
      }
      if (invoice != null) {
        invoice.pay(10);
      }
      transaction.commit();
    }
  }

  private void report(int tenant) {
    try (Session session = open(tenant)) {
      Transaction transaction = session.beginTransaction();
      Object[] sums =
          session
              .createSelectionQuery(
                  "select count(*), sum(amount), min(tenant), max(tenant) from Invoice",
                  Object[].class)
              .getSingleResult();
      long versions;
      try (Stream<Invoice> all =
          session
              .createSelectionQuery("from Invoice order by number", Invoice.class)
              .setFetchSize(5)
              .getResultStream()) {
        versions = all.mapToInt(Invoice::version).sum();
      }
      transaction.commit();
      System.out.println(tenants.name(tenant) + " " + Arrays.toString(sums) + " " + versions);
    }
  }
}
