package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.config.NotPooled;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouterTest {

  private static final Router ROUTER =
      RouterFixture.router(
          "jdbc:postgresql://tenants/app_{tenant} jdbc:postgresql://**",
          "jdbc:postgresql://*/secret* jdbc:h2:**",
          "jdbc:postgresql://*/system jdbc:mariadb://sys/{tenant}");

  private static Route route(@Nullable String url) {
    return ROUTER.route(
        new ConnectionRequest(url, RouterFixture.properties("user", "u"), RouterFixture.LOADER));
  }

  private static Route.Pooled pooled(String url) {
    return assertInstanceOf(Route.Pooled.class, route(url));
  }

  @Test
  void thePatternNamesTheTenantElseTheDatabaseElseTheUser() {
    assertEquals("acme", pooled("jdbc:postgresql://tenants/app_acme").tenant());
    assertEquals("other", pooled("jdbc:postgresql://tenants/other").tenant());
    assertEquals("u", pooled("jdbc:postgresql://tenants/").tenant());
    assertEquals("tenants:5432", pooled("jdbc:postgresql://tenants/other").server());
  }

  @Test
  void systemUrlsArePooledAsSuchWhetherOrNotTheyAreAmongTheUrls() {
    assertTrue(pooled("jdbc:postgresql://h/system").system());
    Route.Pooled other = pooled("jdbc:mariadb://sys/x");
    assertTrue(other.system());
    assertEquals("x", other.tenant());
    assertFalse(pooled("jdbc:postgresql://h/other").system());
  }

  @Test
  void excludesComeFirstAndNameTheServerWhereItIsKnown() {
    assertEquals(
        new Route.Bypass(
            "h:5432",
            NotPooled.EXCLUDED,
            "tenantpool.exclude-urls has jdbc:postgresql://*/secret*"),
        route("jdbc:postgresql://h/secrets"));
    Route.Bypass h2 = assertInstanceOf(Route.Bypass.class, route("jdbc:h2:mem"));
    assertEquals(NotPooled.EXCLUDED, h2.reason());
    assertNull(h2.server());
  }

  @Test
  void whatNoPatternNamesIsNotConfigured() {
    Route.Bypass mariadb = assertInstanceOf(Route.Bypass.class, route("jdbc:mariadb://h/x"));
    assertEquals(NotPooled.NOT_CONFIGURED, mariadb.reason());
    assertEquals("h:3306", mariadb.server());
    Route.Bypass derby = assertInstanceOf(Route.Bypass.class, route("jdbc:derby:x"));
    assertEquals(NotPooled.NOT_CONFIGURED, derby.reason());
    Route.Bypass own = assertInstanceOf(Route.Bypass.class, route("jdbc:mariadb://h/x?pool=true"));
    assertEquals(NotPooled.NOT_CONFIGURED, own.reason());
    assertEquals("h:3306", own.server());
  }

  @Test
  void theCallersIdentityIsABypassThatNamesTheServer() {
    Route.Bypass bypass =
        RouterFixture.bypass("jdbc:postgresql://h/db?jaasLogin=false", new Properties());
    assertEquals("h:5432", bypass.server());
    assertTrue(bypass.detail().startsWith("jaasLogin=false"), bypass.detail());
  }

  @Test
  void noUrlIsABypass() {
    assertEquals(
        NotPooled.NOT_UNDERSTOOD, assertInstanceOf(Route.Bypass.class, route(null)).reason());
  }

  @Test
  void noPropertiesAndNoUserLeaveTheDriversOwnDefault() {
    Route.Pooled pooled =
        assertInstanceOf(
            Route.Pooled.class,
            ROUTER.route(new ConnectionRequest("jdbc:postgresql://h/", null, null)));
    assertEquals(System.getProperty("user.name"), pooled.tenant());
  }

  @Test
  void equalRequestsGetEqualKeysAndOthersDoNot() {
    Route.Pooled one = pooled("jdbc:postgresql://h/db");
    assertEquals(one, pooled("jdbc:postgresql://h/db"));
    assertNotEquals(one.key(), pooled("jdbc:postgresql://h/db?ssl").key());
    assertNotEquals(
        one,
        ROUTER.route(
            new ConnectionRequest(
                "jdbc:postgresql://h/db",
                RouterFixture.properties("user", "u", "password", "p"),
                RouterFixture.LOADER)));
  }

  @Test
  void routesStayRightWhenThereAreMoreUrlsThanTheCacheHolds() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3 * UrlCache.SLOTS; i++) {
        assertEquals("t" + i, pooled("jdbc:postgresql://h/t" + i).tenant());
      }
    }
    String longer = "x".repeat(UrlCache.LONGEST);
    assertEquals(longer, pooled("jdbc:postgresql://h/" + longer).tenant());
  }

  @Test
  void whateverIsWrittenIntoAUrlGetsARouteAndNoException() {
    String[] parts = {
      "jdbc:",
      "postgresql:",
      "mariadb:",
      "mysql:",
      "//",
      "/",
      ":",
      ",",
      "?",
      "&",
      "=",
      "%",
      "%41",
      "@",
      "[",
      "]",
      "(",
      ")",
      "address=",
      "host",
      "port",
      "1",
      "::1",
      "user=",
      "#",
      ";",
      " ",
      "é",
      "\u0000",
      "loadbalance:",
      "replication:",
      "permitMysqlScheme",
      "db",
      "\ud800",
      "service="
    };
    String[] starts = {"", "jdbc:postgresql:", "jdbc:mariadb://", "jdbc:mysql://"};
    Router router = RouterFixture.everything();
    Random random = new Random(42);
    int pooled = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder url = new StringBuilder(starts[random.nextInt(starts.length)]);
      for (int length = random.nextInt(12); length > 0; length--) {
        url.append(parts[random.nextInt(parts.length)]);
      }
      Route route =
          router.route(
              new ConnectionRequest(
                  url.toString(), RouterFixture.properties("user", "u"), RouterFixture.LOADER));
      assertNotNull(route);
      if (route instanceof Route.Pooled p) {
        pooled++;
        assertFalse(p.tenant().isEmpty(), url.toString());
        assertFalse(p.server().isEmpty(), url.toString());
      }
    }
    assertTrue(pooled > 1000, "only " + pooled + " of the random URLs were pooled");
  }

  @Test
  void aPasswordIsInNoTextWhateverTheUrl() {
    String[] urls = {
      "jdbc:postgresql://h/db?password=hidden",
      "jdbc:postgresql://u:hidden@h/db",
      "jdbc:postgresql://u:hidden@h:5432/db",
      "jdbc:mariadb://h/db?keyStorePassword=hidden",
      "jdbc:mariadb://u:hidden@h/db",
      "jdbc:mysql://u:hidden@h/db?password=hidden",
      "jdbc:mysql://(host=h,password=hidden)/db",
      "jdbc:mysql://address=(host=h)(password=hidden)/db",
      "jdbc:h2:mem:x;PASSWORD=hidden"
    };
    for (String url : urls) {
      Route route = RouterFixture.route(url, RouterFixture.properties("password", "hidden"));
      assertFalse(route.toString().contains("hidden"), route.toString());
    }
  }
}
