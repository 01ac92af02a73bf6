package io.tenantpool.observation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.LogLevel;
import io.tenantpool.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

final class MBeansTest {

  private static final String SERVER = "io.tenantpool:type=Server,name=\"db:5432\"";
  private static final String ACME = "io.tenantpool:type=Tenant,server=\"db:5432\",name=\"acme\"";
  private static final String MANAGER = "io.tenantpool:type=PoolManager";

  private final Show show = new Show();

  @Test
  void nothingIsRegisteredBeforeTheFirstStep() throws JMException {
    show.listener.serverAdded(StubPool.SERVER);
    show.listener.tenantLive(StubPool.SERVER, "acme");
    assertEquals(Set.of(), show.names("io.tenantpool:*"));
    assertEquals(List.of(), show.log);
  }

  @Test
  void managerServerAndTenantHaveTheNamesOfTheDesign() throws JMException {
    show.live("acme");
    assertEquals(Set.of(MANAGER, SERVER, ACME), show.names("io.tenantpool:*"));
  }

  @Test
  void aNameWithEveryOddCharacterIsQuoted() throws JMException {
    show.live("a,b=c:d\"e*f?g\nh");
    assertEquals(1, show.names("io.tenantpool:type=Tenant,*").size());
    assertEquals(2, show.names("com.zaxxer.hikari:*").size());
    show.dormant("a,b=c:d\"e*f?g\nh");
    assertEquals(0, show.names("io.tenantpool:type=Tenant,*").size());
    assertEquals(0, show.names("com.zaxxer.hikari:*").size());
  }

  @Test
  void everyAttributeOperationAndParameterIsDescribedAndEveryFigureHasAUnit() throws JMException {
    show.live("acme");
    for (String name : show.names("io.tenantpool:*")) {
      MBeanInfo info = show.mbeans.getMBeanInfo(new ObjectName(name));
      assertFalse(info.getDescription().contains("Information on"), name);
      for (MBeanAttributeInfo attribute : info.getAttributes()) {
        String where = name + " " + attribute.getName();
        assertTrue(attribute.getDescription().contains(" ") || described(attribute), where);
        assertNotEquals(attribute.getName(), attribute.getDescription(), where);
        assertTrue(attribute.getDescriptor().getFieldValue("openType") instanceof OpenType, where);
        if (!attribute.getType().endsWith("String")
            && !attribute.getType().equals("boolean")
            && !attribute.getType().endsWith("String;")) {
          assertTrue(attribute.getDescriptor().getFieldValue("units") instanceof String, where);
        }
        show.attribute(name, attribute.getName());
      }
      for (MBeanOperationInfo operation : info.getOperations()) {
        String where = name + " " + operation.getName();
        assertNotEquals(operation.getName(), operation.getDescription(), where);
        assertFalse(operation.getDescription().startsWith("Operation exposed"), where);
        assertEquals(MBeanOperationInfo.ACTION, operation.getImpact(), where);
        for (MBeanParameterInfo parameter : operation.getSignature()) {
          assertTrue(
              Set.of("tenant", "database", "key", "value").contains(parameter.getName()),
              where + " " + parameter);
          assertTrue(parameter.getDescription().startsWith("The "), where + " " + parameter);
        }
      }
    }
  }

  /** One word that is a property's name says enough. */
  private static boolean described(MBeanAttributeInfo attribute) {
    return attribute.getDescription().startsWith("tenantpool.");
  }

  @Test
  void theServerShowsItsSnapshot() throws JMException {
    show.live("acme");
    assertEquals(97, show.attribute(SERVER, "Budget"));
    assertEquals(100, show.attribute(SERVER, "ConfiguredBudget"));
    assertEquals(20, show.attribute(SERVER, "Open"));
    assertEquals(5L, show.attribute(SERVER, "BypassedOpens"));
    assertEquals(10.0, show.attribute(SERVER, "BorrowMicrosMean"));
    assertEquals(30.0, show.attribute(SERVER, "BorrowMicrosMax"));
    assertEquals(0.75, show.attribute(SERVER, "HitRate"));
    assertEquals(2000.0, show.attribute(SERVER, "ConnectMicrosMean"));
    TabularData evictions = (TabularData) show.attribute(SERVER, "Evictions");
    assertEquals(4L, evictions.get(new Object[] {"CAPACITY"}).get("value"));
    assertEquals(0L, evictions.get(new Object[] {"BROKEN"}).get("value"));
  }

  @Test
  void theManagerShowsTotalsFaultsAndSettings() throws JMException {
    show.live("acme");
    assertEquals("1.2.3", show.attribute(MANAGER, "Version"));
    assertArrayEquals(
        new String[] {StubPool.SERVER}, (String[]) show.attribute(MANAGER, "Servers"));
    assertEquals(42L, show.attribute(MANAGER, "AgentFaults"));
    assertEquals(8L, show.attribute(MANAGER, "Borrows"));
    assertEquals(30_000L, show.attribute(MANAGER, "AcquireTimeoutMillis"));
  }

  @Test
  void percentilesComeFromSamplesAndGoWithResetPeaks() throws JMException {
    show.live("acme");
    show.listener.samples(new Samples(StubPool.SERVER, "acme", 99, 1_000_000, 3));
    show.step();
    for (String name : List.of(SERVER, ACME)) {
      assertEquals(1000, (double) show.attribute(name, "BorrowMicrosP50"), 10);
      assertEquals(1000, (double) show.attribute(name, "BorrowMicrosP99"), 10);
    }
    assertEquals(3L, show.attribute(MANAGER, "LostSamples"));
    show.invoke(SERVER, "resetPeaks");
    show.step();
    assertEquals(0.0, show.attribute(SERVER, "BorrowMicrosP99"));
    assertEquals(0.0, show.attribute(ACME, "BorrowMicrosP99"));
    assertEquals(List.of("resetPeaks db:5432"), show.pool.operations);
  }

  @Test
  void operationsReachThePoolAndTheLog() throws JMException {
    show.live("acme");
    assertEquals(7, show.invoke(SERVER, "evictIdle"));
    assertEquals(1, show.invoke(ACME, "evictIdle"));
    assertEquals(true, show.invoke(SERVER, "closeTenant", "acme"));
    assertEquals(false, show.invoke(SERVER, "closeTenant", "nobody"));
    assertEquals(true, show.invoke(ACME, "closeTenant"));
    assertEquals(2, show.invoke(SERVER, "closeDatabase", "books"));
    assertEquals(
        List.of(
            "evictIdle db:5432",
            "evictIdle db:5432 acme",
            "closeTenant db:5432 acme",
            "closeTenant db:5432 nobody",
            "closeTenant db:5432 acme",
            "closeDatabase db:5432 books"),
        show.pool.operations);
    show.step();
    assertEquals(6, show.log.stream().filter(line -> line.contains(" operator ")).count());
  }

  @Test
  void attributesOfOneLookComeFromOneSnapshot() throws JMException {
    show.live("acme");
    show.attribute(SERVER, "Open");
    int before = show.pool.snapshots;
    show.attribute(SERVER, "Active");
    show.attribute(SERVER, "Evictions");
    assertEquals(before, show.pool.snapshots);
    show.ticker.advance(100_000_000);
    show.attribute(SERVER, "Open");
    assertEquals(before + 1, show.pool.snapshots);
  }

  @Test
  void aCounterDoesNotGoBackWhenItsTenantIsDormantAndLiveAgain() throws JMException {
    show.live("acme");
    assertEquals(8L, show.attribute(ACME, "Borrows"));
    show.dormant("acme");
    assertEquals(Set.of(), show.names("io.tenantpool:type=Tenant,*"));
    show.pool.borrows = 9;
    show.live("acme");
    assertEquals(9L, show.attribute(ACME, "Borrows"));
  }

  @Test
  void theUrlShowsNoPassword() throws JMException {
    show.pool.tenant("acme", true, "jdbc:postgresql://db:5432/acme?user=u&password=s3cret");
    show.listener.tenantLive(StubPool.SERVER, "acme");
    show.step();
    assertEquals("jdbc:postgresql://db:5432/acme?user=u&password=***", show.attribute(ACME, "Url"));
  }

  @Test
  void aServerOfMBeansThatFailsIsSaidAndHarmsNobody() {
    List<String> told = new ArrayList<>();
    boolean[] broken = {true};
    MBeans mbeans =
        new MBeans(
            () -> {
              if (broken[0]) {
                throw new IllegalStateException("on purpose");
              }
              return show.mbeans;
            },
            Upkeep.faults(told));
    mbeans.register("io.tenantpool:type=Broken", new StandardBean()).run();
    broken[0] = false;
    Runnable unregister = mbeans.register("io.tenantpool:type=Broken", new StandardBean());
    broken[0] = true;
    unregister.run();
    assertEquals(
        List.of("an MBean could not be registered", "an MBean could not be taken away"), told);
  }

  /** Nothing to see. */
  public interface StandardBeanMBean {}

  private static final class StandardBean implements StandardBeanMBean {}

  @Test
  void oneOfOursThatAFailureHasLeftGivesWay() throws JMException {
    List<String> told = new ArrayList<>();
    MBeans mbeans = new MBeans(() -> show.mbeans, Upkeep.faults(told));
    ObjectName name = new ObjectName("io.tenantpool:type=Left");
    mbeans.register(name.toString(), new StandardBean());
    Runnable unregister = mbeans.register(name.toString(), new StandardBean());
    assertTrue(show.mbeans.isRegistered(name));
    unregister.run();
    assertFalse(show.mbeans.isRegistered(name));
    assertEquals(List.of(), told);
  }

  @Test
  void aTakenNameIsToldOnceAndTheRestGoesOn() throws JMException {
    Show second = new Show(Show.settings(true, true, LogLevel.INFO), show.mbeans);
    show.live("acme");
    second.live("acme");
    second.live("other");
    second.step();
    assertEquals(1, second.log.stream().filter(line -> line.contains("a name is taken")).count());
    assertEquals(2, show.names("io.tenantpool:type=Tenant,*").size());
    second.desk.close();
    assertTrue(show.mbeans.isRegistered(new ObjectName(ACME)), "removed by somebody else");
  }

  @Test
  void closingTakesEverythingAway() throws JMException {
    show.live("acme");
    show.desk.close();
    assertEquals(Set.of(), show.names("io.tenantpool:*"));
    assertEquals(Set.of(), show.names("com.zaxxer.hikari:*"));
    assertEquals(Set.of(), show.names(AgentMeterRegistry.DOMAIN + ":*"));
  }
}
