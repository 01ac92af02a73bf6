package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tenantpool.config.ConfigFileReader;
import io.tenantpool.config.ServerBounds;
import io.tenantpool.config.SettingsLoader;
import io.tenantpool.config.TenantCap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What each tenant may have, from what an operator writes. */
class SharingTest {

  private static final String LIMITS = "acme<=10,trial-*<=1,gold-*>=4,big*weight=3";

  private static TenantShare share(String tenant, String cap) {
    ServerBounds bounds = bounds(cap);
    return new Sharing(3, bounds.tenantCap(), bounds.tenantLimits()).of(tenant, 20);
  }

  private static ServerBounds bounds(String cap) {
    Properties properties = new Properties();
    properties.setProperty("tenantpool.tenant-cap", cap);
    properties.setProperty("tenantpool.tenant-limits", LIMITS);
    return SettingsLoader.load(properties, null, Map.of(), ConfigFileReader.ofFileSystem())
        .serverBounds();
  }

  @Test
  void elasticTenantsMayHaveAllButWhereALimitSaysOtherwise() {
    assertEquals(new TenantShare(0, 3, 20, 1, true), share("any", "elastic"));
    assertEquals(new TenantShare(0, 3, 10, 1, true), share("acme", "elastic"));
    assertEquals(new TenantShare(0, 1, 1, 1, true), share("trial-1", "elastic"));
    assertEquals(new TenantShare(4, 4, 20, 1, true), share("gold-1", "elastic"));
    assertEquals(new TenantShare(0, 9, 20, 3, true), share("big", "elastic"));
  }

  @Test
  void hardOnesNeverHaveMoreThanTheirShare() {
    assertEquals(TenantShare.hard(3), share("any", "hard"));
    assertEquals(TenantShare.hard(3), share("acme", "hard"));
    assertEquals(TenantShare.hard(1), share("trial-1", "hard"));
    assertEquals(new TenantShare(4, 4, 4, 1, false), share("gold-1", "hard"));
    assertEquals(new TenantShare(0, 9, 9, 3, false), share("big", "hard"));
  }

  @Test
  void aSmallBudgetBoundsEverything() {
    Sharing sharing = new Sharing(3, TenantCap.ELASTIC, bounds("elastic").tenantLimits());
    assertEquals(new TenantShare(2, 2, 2, 1, true), sharing.of("gold-1", 2));
    assertEquals(new TenantShare(0, 2, 2, 3, true), sharing.of("big", 2));
  }

  @Test
  void sharesThatMakeNoSenseAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new TenantShare(2, 1, 3, 1, true));
    assertThrows(IllegalArgumentException.class, () -> new TenantShare(0, 0, 3, 1, true));
    assertThrows(IllegalArgumentException.class, () -> new TenantShare(0, 3, 2, 1, true));
    assertThrows(IllegalArgumentException.class, () -> new TenantShare(0, 3, 3, 0, true));
  }
}
