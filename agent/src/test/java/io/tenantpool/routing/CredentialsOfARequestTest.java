package io.tenantpool.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which part of a request is its account, which its credentials, and what the driver reads. */
class CredentialsOfARequestTest {

  private static final String URL = "jdbc:postgresql://h/db";

  @TempDir private Path folder;

  private static PoolKey key(String url, String... properties) {
    return RouterFixture.pooled(url, RouterFixture.properties(properties)).key();
  }

  private static void assertOtherCredentials(PoolKey one, PoolKey other) {
    assertEquals(one.account(), other.account());
    assertEquals(one.account().hashCode(), other.account().hashCode());
    assertNotEquals(one, other);
    assertEquals(other, one.withCredentialsOf(other));
    assertSame(one, one.withCredentialsOf(one));
  }

  @Test
  void thePasswordIsNoPartOfTheAccountWhereverItStands() {
    assertOtherCredentials(
        key(URL, "user", "u", "password", "one"), key(URL, "user", "u", "password", "two"));
    assertOtherCredentials(key(URL + "?password=one"), key(URL + "?password=two"));
    assertOtherCredentials(
        key(URL + "?password=one&ssl=false&user=u"), key(URL + "?password=two&ssl=false&user=u"));
    assertOtherCredentials(key(URL + "?a=b&password=one"), key(URL + "?a=b&password=t%77o"));
    assertOtherCredentials(key(URL, "user", "u"), key(URL, "user", "u", "password", "one"));
    assertOtherCredentials(
        key("jdbc:postgresql://a:1,b:2/db?password=one"),
        key("jdbc:postgresql://a:1,b:2/db?password=two"));
  }

  @Test
  void theUrlsPasswordIsTheOneThatCounts() {
    assertEquals(
        key(URL + "?password=one", "password", "x"), key(URL + "?password=one", "password", "y"));
  }

  @Test
  void whatElseLooksLikeAPasswordIsTheAccounts() {
    assertNotEquals(
        key(URL + "?sslpassword=one").account(), key(URL + "?sslpassword=two").account());
    assertNotEquals(key(URL, "Password", "a").account(), key(URL, "Password", "b").account());
    assertNotEquals(key(URL, "user", "u").account(), key(URL, "user", "v").account());
    assertTrue(key(URL, "user", "u").account().toString().contains("u@h:5432"));
  }

  @Test
  void anAuthenticationPluginIsOneAccountWithOneUser() {
    String plugin = "authenticationPluginClassName";
    assertEquals(key(URL + "?" + plugin + "=A&user=u"), key(URL + "?" + plugin + "=A&user=u"));
    assertNotEquals(
        key(URL, plugin, "A", "user", "u").account(), key(URL, plugin, "B", "user", "u").account());
  }

  @Test
  void theDefaultTimeZoneIsPartOfTheAccount() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
      PoolKey there = key(URL, "user", "u");
      assertEquals(there, key(URL, "user", "u"));
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      PoolKey here = key(URL, "user", "u");
      assertNotEquals(there.account(), here.account());
      assertTrue(there.account().isSameElsewhere(here.account()));
      assertEquals("UTC", here.account().surroundings().timeZone());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void theProxyIsPartOfTheAccount() {
    withProperty(
        "socksProxyHost",
        "proxy",
        () -> assertEquals("proxy:", key(URL).account().surroundings().proxy()));
    assertEquals("", key(URL).account().surroundings().proxy());
  }

  private static void withProperty(String name, String value, Runnable test) {
    String before = System.getProperty(name);
    System.setProperty(name, value);
    try {
      test.run();
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  @Test
  void aPasswordFileIsACredentialOfWhoGivesNoPassword() throws IOException {
    Path passwords = Files.writeString(folder.resolve("passwords"), "*:*:*:u:one\n");
    withProperty(
        "org.postgresql.pgpassfile",
        passwords.toString(),
        () -> {
          PoolKey before = key(URL, "user", "u");
          PoolKey given = key(URL, "user", "u", "password", "p");
          assertEquals(before, key(URL, "user", "u"));
          rewrite(passwords, "*:*:*:u:another\n");
          assertOtherCredentials(before, key(URL, "user", "u"));
          assertEquals(given, key(URL, "user", "u", "password", "p"));
        });
  }

  private static void rewrite(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void certificatesThatAreRenewedAreOtherCredentials() throws IOException {
    for (String parameter : new String[] {"sslcert", "sslkey", "sslrootcert"}) {
      Path file = Files.writeString(folder.resolve(parameter), "one");
      String[] properties = {parameter, file.toString()};
      PoolKey before = key(URL, properties);
      assertEquals(before, key(URL, properties));
      PoolKey unused = key(URL + "?sslmode=disable", properties);
      rewrite(file, "another");
      assertOtherCredentials(before, key(URL, properties));
      assertEquals(unused, key(URL + "?sslmode=disable", properties));
    }
  }

  @Test
  void certificatesInTheUsualPlaceAndThoseNamedToAFactoryCountToo() throws IOException {
    Files.createDirectories(folder.resolve(".postgresql"));
    withProperty(
        "user.home",
        folder.toString(),
        () -> {
          PoolKey without = key(URL);
          rewrite(folder.resolve(".postgresql/root.crt"), "one");
          assertOtherCredentials(without, key(URL));
        });
    Path file = Files.writeString(folder.resolve("ca"), "one");
    String url = URL + "?sslfactoryarg=file:" + file;
    PoolKey before = key(url);
    rewrite(file, "another");
    assertOtherCredentials(before, key(url));
    withProperty(
        "a.certificate",
        "one",
        () -> {
          PoolKey named = key(URL + "?sslfactoryarg=sys:a.certificate");
          System.setProperty("a.certificate", "two");
          assertOtherCredentials(named, key(URL + "?sslfactoryarg=sys:a.certificate"));
        });
  }

  @Test
  void aFileIsLookedAtOnceASecond() throws IOException {
    long[] now = {0};
    FileStates files = new FileStates(() -> now[0]);
    Path file = Files.writeString(folder.resolve("file"), "one");
    String before = files.of(file.toString());
    rewrite(file, "another");
    assertSame(before, files.of(file.toString()));
    now[0] += FileStates.FRESH_NANOS;
    String after = files.of(file.toString());
    assertNotEquals(before, after);
    now[0] += FileStates.FRESH_NANOS;
    assertSame(after, files.of(file.toString()));
    assertEquals("", files.of(folder.resolve("none").toString()));
    assertEquals("", files.of(null));
  }

  @Test
  void noSecretStaysInTheAccount() {
    Properties info = RouterFixture.properties("user", "u", "password", "hidden");
    PoolKey key = RouterFixture.pooled(URL + "?password=hidden", info).key();
    assertFalse((key.toString() + key.account() + key).contains("hidden"));
    assertEquals(key("jdbc:postgresql://h/db", "user", "u").account(), key.account());
  }
}
