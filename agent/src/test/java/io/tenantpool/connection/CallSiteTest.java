package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.acme.OrderDao;
import java.lang.StackWalker.StackFrame;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The place that an operator is told is the one in the application's own source. */
class CallSiteTest {

  /** How every stack of a pin begins. */
  private static final List<String> AGENT =
      List.of(
          "io.tenantpool.connection.LogicalConnection.pin",
          "io.tenantpool.connection.LogicalConnection.forward",
          "io.tenantpool.connection.LogicalObject.invoke",
          "jdk.proxy2.$Proxy12.unwrap");

  private static Stream<List<String>> stacks() {
    return Stream.of(
        expecting("com.acme.Dao.load", "com.acme.Dao.load", "com.acme.Main.main"),
        // An application pool between them, its wrappers made by Javassist, a proxy, or by hand.
        expecting(
            "com.acme.Dao.load",
            "com.zaxxer.hikari.pool.ProxyConnection.unwrap",
            "com.zaxxer.hikari.pool.HikariProxyConnection.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "org.apache.commons.dbcp2.DelegatingConnection.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "java.lang.reflect.Method.invoke",
            "org.apache.tomcat.jdbc.pool.ProxyConnection.invoke",
            "com.sun.proxy.$Proxy7.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "com.mchange.v2.c3p0.impl.NewProxyConnection.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "com.alibaba.druid.pool.DruidPooledConnection.unwrap",
            "com.alibaba.druid.filter.FilterChainImpl.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "io.agroal.pool.wrapper.ConnectionWrapper.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "org.vibur.dbcp.proxy.ConnectionInvocationHandler.doInvoke",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "org.jboss.jca.adapters.jdbc.WrappedConnection.unwrap",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "com.sun.gjc.spi.base.ConnectionHolder.unwrap",
            "com.acme.Dao.load"),
        // The driver's own pooled connection.
        expecting(
            "com.acme.Dao.load",
            "org.postgresql.ds.PGPooledConnection$ConnectionHandler.invoke",
            "com.acme.Dao.load"),
        // Data access, transactions and what they generate.
        expecting(
            "com.acme.Dao.lambda$load$0",
            "com.acme.Dao.lambda$load$0",
            "org.springframework.jdbc.core.JdbcTemplate.execute",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "org.springframework.jdbc.core.JdbcTemplate.execute",
            "com.acme.Dao.load",
            "com.acme.Dao$$SpringCGLIB$$0.load"),
        expecting(
            "com.acme.Web.get",
            "org.hibernate.internal.SessionImpl.doWork",
            "com.acme.Dao$$EnhancerBySpringCGLIB$$1a2b3c.load",
            "com.acme.Dao$HibernateProxy$kXyZ.load",
            "com.acme.$Proxy31.load",
            "com.acme.Web.get"),
        expecting(
            "org.springframework.samples.petclinic.Owners.find",
            "org.springframework.jdbc.core.JdbcTemplate.execute",
            "org.springframework.samples.petclinic.Owners.find"),
        // A copy of a pool that a build has moved.
        expecting(
            "com.acme.Dao.load",
            "com.acme.shaded.com.zaxxer.hikari.pool.ProxyConnection.close",
            "com.acme.shaded.hikari.pool.HikariProxyConnection.close",
            "com.acme.Dao.load"),
        expecting(
            "com.acme.Dao.load",
            "com.acme.shaded.org.apache.commons.dbcp2.PoolableConnection.close",
            "com.acme.shaded.org.apache.commons.pool2.impl.GenericObjectPool.returnObject",
            "com.acme.Dao.load"),
        expecting("com.acme.hikari.Dao.load", "com.acme.hikari.Dao.load"),
        // Other containers and pools.
        expecting(
            "com.acme.Dao.load",
            "weblogic.jdbc.wrapper.Connection.close",
            "cn.beecp.pool.ProxyConnection.close",
            "oracle.ucp.jdbc.proxy.ConnectionProxy.close",
            "com.acme.Dao.load"),
        // An application whose name begins like that of somebody else.
        expecting("javaworld.Dao.load", "javaworld.Dao.load"),
        expecting("org.postgresqlfans.Dao.load", "org.postgresqlfans.Dao.load"),
        expecting("io.tenantpool.demo.Dao.load", "io.tenantpool.demo.Dao.load"),
        expecting("Main.main", "Main.main"),
        // Without the application: the first that is neither agent, driver, JDK nor made at run
        // time.
        expecting(
            "com.mchange.v2.c3p0.impl.NewPooledConnection.reset",
            "org.postgresql.jdbc.PgConnection.close",
            "java.lang.reflect.Method.invoke",
            "com.mchange.v2.c3p0.impl.NewPooledConnection.reset",
            "com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run"),
        expecting(
            "java.util.TimerThread.mainLoop",
            "java.util.TimerThread.mainLoop",
            "java.util.TimerThread.run"));
  }

  /** The expected place, then the frames, innermost first. */
  private static List<String> expecting(String site, String... frames) {
    return Stream.concat(Stream.of(site), Arrays.stream(frames)).toList();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void theFirstFrameOfTheApplicationIsThePlace(List<String> expectedThenStack) {
    List<String> frames = expectedThenStack.subList(1, expectedThenStack.size());
    assertEquals(expectedThenStack.get(0), find(Stream.concat(AGENT.stream(), frames.stream())));
  }

  @Test
  void withOnlyTheAgentAndTheDriverThereIsNoPlace() {
    assertNull(
        find(
            Stream.of(
                "io.tenantpool.pool.ServerPool.end", "org.postgresql.jdbc.PgConnection.close")));
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Dao,APPLICATION",
    "com.acme.Dao$ProxyFactory,APPLICATION",
    "org.apache.fineract.Dao,APPLICATION",
    "com.sun.gjc.spi.DataSource,LIBRARY",
    "com.sun.proxy.$Proxy1,GENERATED",
    "jdk.proxy2.$Proxy12,GENERATED",
    "javax.sql.DataSource,JDK",
    "org.mariadb.jdbc.Connection,DRIVER",
    "io.tenantpool.bootstrap.DriverCalls,AGENT",
    "com.acme.Dao_$$_jvst1f_0,GENERATED",
    "com.acme.Dao_ClientProxy,GENERATED",
    "com.acme.Dao$ByteBuddy$x1,GENERATED"
  })
  void aClassBelongsToTheLongestKnownPackage(String name, CodeOwner owner) {
    assertEquals(owner, CodeOwner.of(name));
  }

  @Test
  void eachPinOfALeaseNamesTheLineOfTheApplication() throws Exception {
    try (OneConnectionPool pool = OneConnectionPool.ofPostgres();
        Connection connection = new LogicalConnections().open(pool)) {
      OrderDao.unwrap(connection);
      OrderDao.unwrap(connection);
      OrderDao.copyInLambda(connection);
      assertEquals(List.of(Pin.UNWRAPPED, Pin.VENDOR_CALL), pool.pins());
      assertEquals(
          List.of(
              "com.acme.OrderDao.unwrap(OrderDao.java:N)",
              "com.acme.OrderDao.lambda$copyInLambda$0(OrderDao.java:N)"),
          pool.pinSites().stream()
              .map(site -> String.valueOf(site).replaceAll("\\d+\\)$", "N)"))
              .toList());
    }
  }

  @Test
  void whatIsKeptOfAFrameNamesNoLoaderAndNoModule() {
    StackTraceElement site =
        CallSite.of(Stream.of(new Frame("com.acme.Dao.load", "app", "acme.module")));
    assertNotNull(site);
    assertNull(site.getClassLoaderName());
    assertNull(site.getModuleName());
    assertEquals("com.acme.Dao.load(Source.java:42)", site.toString());
  }

  private static @Nullable String find(Stream<String> stack) {
    StackTraceElement site = CallSite.of(stack.map(frame -> new Frame(frame, null, null)));
    return site == null ? null : site.getClassName() + "." + site.getMethodName();
  }

  /** A frame of class and method {@code name}. */
  private record Frame(String name, @Nullable String loader, @Nullable String module)
      implements StackFrame {

    @Override
    public String getClassName() {
      return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public String getMethodName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public Class<?> getDeclaringClass() {
      throw new UnsupportedOperationException("classes are not asked for");
    }

    @Override
    public int getByteCodeIndex() {
      return 0;
    }

    @Override
    public String getFileName() {
      return "Source.java";
    }

    @Override
    public int getLineNumber() {
      return 42;
    }

    @Override
    public boolean isNativeMethod() {
      return false;
    }

    @Override
    public StackTraceElement toStackTraceElement() {
      return new StackTraceElement(
          loader, module, "1", getClassName(), getMethodName(), getFileName(), getLineNumber());
    }
  }

  @Test
  void aPoolThatAnOperatorNamedIsNotTheApplicationsPlace() {
    CodeOwner.namePools(List.of("com.acme.TenantPool"));
    try {
      assertEquals(CodeOwner.LIBRARY, CodeOwner.of("com.acme.TenantPool"));
      assertEquals(CodeOwner.LIBRARY, CodeOwner.of("com.acme.TenantPool$Returner"));
      assertEquals(CodeOwner.APPLICATION, CodeOwner.of("com.acme.TenantPools"));
      assertEquals(CodeOwner.APPLICATION, CodeOwner.of("com.acme.Dao"));
    } finally {
      CodeOwner.namePools(List.of());
    }
  }
}
