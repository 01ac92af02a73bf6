package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that change after the start: checked as at the start, all or nothing. */
class RuntimeSettingsTest {

  private static final String SERVER = "db:5432";

  private final RuntimeSettings settings =
      new RuntimeSettings(
          Settings.of("max-connections=20,http-port=0,http-token=abcdefghijklmnop"));
  private final List<SettingChange> heard = new ArrayList<>();

  private List<String> refused(String name, String value) {
    Settings before = settings.get();
    settings.listen(heard::add);
    InvalidSettingsException wrong =
        assertThrows(InvalidSettingsException.class, () -> settings.change(name, value));
    assertSame(before, settings.get());
    assertEquals(List.of(), heard);
    return wrong.problems();
  }

  @Test
  void aChangeHoldsAtOnceWithItsSourceAndLeavesAllElseAsItWas() {
    Settings before = settings.get();
    settings.listen(heard::add);
    SettingChange change = settings.change("max-connections", " 50 ");
    Settings after = settings.get();
    assertEquals(50, after.maxConnections());
    assertEquals(20, before.maxConnections());
    assertEquals("tenantpool.max-connections = 50, was 20 (agent argument)", change.toString());
    assertEquals(List.of(change), heard);
    assertTrue(
        after.effective().stream()
            .anyMatch(
                s -> s.toString().equals("tenantpool.max-connections = 50 (change at run time)")));
    assertEquals(SettingKey.values().length, after.effective().size());
    assertEquals(before.http(), after.http());
    assertTrue(!after.toString().contains("abcdefghijklmnop"), after::toString);
  }

  @Test
  void everyChangeableSettingCanBeChanged() {
    settings.change("tenantpool.reserved-connections", "5");
    settings.change("max-connections-per-tenant", "4");
    settings.change("acquire-timeout", "1s");
    settings.change("max-idle-time", "2s");
    settings.change("max-lifetime", "40s");
    settings.change("leak-detection-threshold", "3s");
    settings.change("log-level", "DEBUG");
    Settings now = settings.get();
    assertEquals(5, now.reservedConnections());
    assertEquals(4, now.maxConnectionsPerTenant());
    assertEquals(Duration.ofSeconds(1), now.acquireTimeout());
    assertEquals(Duration.ofSeconds(2), now.maxIdleTime());
    assertEquals(Duration.ofSeconds(40), now.maxLifetime());
    assertEquals(Duration.ofSeconds(3), now.leakDetectionThreshold());
    assertEquals(LogLevel.DEBUG, now.logLevel());
    settings.change("leak-detection-threshold", "none");
    assertEquals(Duration.ZERO, settings.get().leakDetectionThreshold());
  }

  @Test
  void aValueOutOfRangeIsRefusedAsAtTheStart() {
    assertEquals(
        List.of(
            "change at run time tenantpool.max-connections = \"1\": must be a whole number from 2"
                + " to 10000"),
        refused("max-connections", "1"));
    assertEquals(1, refused("acquire-timeout", "soon").size());
    assertEquals(1, refused("log-level", "").size());
    assertEquals(1, refused("leak-detection-threshold", "1ms").size());
  }

  @Test
  void allThatWouldContradictIsSaidAtOnce() {
    settings.change("max-connections-per-tenant", "8");
    settings.change("reserved-connections", "9");
    assertEquals(
        List.of(
            "tenantpool.max-connections-per-tenant = 8 (change at run time) is more than"
                + " tenantpool.max-connections = 5 (change at run time); change the one or the"
                + " other",
            "tenantpool.reserved-connections = 9 (change at run time) leaves no connection to the"
                + " tenants out of tenantpool.max-connections = 5 (change at run time); change the"
                + " one or the other"),
        refused("max-connections", "5"));
  }

  @Test
  void whatCannotBeChangedOrDoesNotExistIsRefused() {
    assertTrue(refused("urls", "jdbc:postgresql:**").get(0).contains("cannot be changed at run"));
    assertTrue(refused("http-token", "geheimgeheimgeheim").get(0).contains("cannot be changed"));
    assertTrue(
        refused("max-conections", "50").get(0).contains("did you mean tenantpool.max-connections"));
  }

  @Test
  void oneServerCanHaveABudgetOfItsOwnUntilThatOfAllIsChanged() {
    settings.changeMaxConnections(SERVER, "30");
    assertEquals(30, settings.of(SERVER).maxConnections());
    assertEquals(20, settings.of("other:5432").maxConnections());
    assertEquals(20, settings.get().maxConnections());
    settings.change("acquire-timeout", "7s");
    assertEquals(30, settings.of(SERVER).maxConnections());
    assertEquals(Duration.ofSeconds(7), settings.of(SERVER).acquireTimeout());
    settings.change("max-connections", "40");
    assertEquals(40, settings.of(SERVER).maxConnections());
  }

  @Test
  void aChangeThatOneServerCouldNotBearIsRefusedForAll() {
    settings.changeMaxConnections(SERVER, "4");
    List<String> problems = refused("max-connections-per-tenant", "6");
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith("server \"db:5432\": "), problems::toString);
    assertEquals(3, settings.of(SERVER).maxConnectionsPerTenant());
  }
}
