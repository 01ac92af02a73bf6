package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ContradictionsTest {

  @Test
  void aTenantCannotHaveMoreThanTheBudget() {
    assertEquals(
        "tenantpool.max-connections-per-tenant = 21 (agent argument) is more than"
            + " tenantpool.max-connections = 20 (system property); change the one or the other",
        Sources.none()
            .property("tenantpool.max-connections", "20")
            .arguments("max-connections-per-tenant=21")
            .problem());
  }

  @Test
  void aTenantMayHaveTheWholeBudget() {
    assertEquals(
        20, Settings.of("max-connections=20,max-connections-per-tenant=20").maxConnections());
  }

  @Test
  void aDefaultCapOfEachTenantGivesWayToASmallBudget() {
    assertEquals(2, Settings.of("max-connections=2").maxConnections());
  }

  @Test
  void theReserveMustLeaveOneConnectionToTheTenants() {
    assertEquals(
        "tenantpool.reserved-connections = 20 (agent argument) leaves no connection to the tenants"
            + " out of tenantpool.max-connections = 20 (agent argument); change the one or the"
            + " other",
        Sources.none().arguments("max-connections=20,reserved-connections=20").problem());
    assertEquals(
        19, Settings.of("max-connections=20,reserved-connections=19").reservedConnections());
  }

  @Test
  void theDefaultReserveCountsOnceThereAreSystemUrls() {
    String arguments = "max-connections=8,system-urls=jdbc:postgresql://db/system";

    String problem = Sources.none().arguments(arguments).problem();

    assertTrue(problem.startsWith("tenantpool.reserved-connections = 10 (default)"), problem);
  }

  @Test
  void theDefaultReserveDoesNotCountWithoutSystemUrls() {
    Settings settings = Settings.of("max-connections=8");

    assertEquals(8, settings.maxConnections());
    assertEquals(0, settings.effectiveReserve());
  }

  @Test
  void aReserveWithoutSystemUrlsIsFineAndReservesNothing() {
    assertEquals(0, Settings.of("reserved-connections=50").effectiveReserve());
    assertEquals(
        50,
        Settings.of("reserved-connections=50,system-urls=jdbc:postgresql://db/system")
            .effectiveReserve());
  }

  @Test
  void aValueThatCannotBeReadContradictsNothing() {
    assertEquals(
        1,
        Sources.none().arguments("max-connections=x,reserved-connections=9999").problems().size());
    assertEquals(
        2,
        Sources.none()
            .arguments("max-connections-per-tenant=x,reserved-connections=x")
            .problems()
            .size());
    assertEquals(
        1, Sources.none().arguments("max-connections=8,system-urls=nonsense").problems().size());
  }
}
