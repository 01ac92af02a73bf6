package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidSettingsTest {

  @Test
  void everyProblemOfEverySourceIsInOneMessage() {
    Sources sources =
        Sources.none()
            .property("tenantpool.max-connections", "1")
            .arguments("acquire-timout=5s,reset=never")
            .environment("TENANTPOOL_LOG_LEVEL", "loud")
            .file("tenantpool.max-lifetime=1s\ntenantpool.bogus=1");

    InvalidSettingsException failure = assertThrows(InvalidSettingsException.class, sources::load);

    assertEquals(
        """
        6 problems in the settings of Tenant Pool Agent:
          - agent argument "acquire-timout": there is no such setting; did you mean acquire-timeout?
          - config file "tenantpool.bogus": there is no such setting; did you mean tenantpool.urls?
          - system property tenantpool.max-connections = "1": must be a whole number from 2 to 10000
          - config file tenantpool.max-lifetime = "1s": must be a duration from 30s to 24h, such as 500ms, 30s, 5m or 1h
          - agent argument reset = "never": must be always
          - environment variable TENANTPOOL_LOG_LEVEL = "loud": must be off, error, warn, info, debug or trace\
        """,
        failure.getMessage());
  }

  @Test
  void oneProblemIsCalledOne() {
    InvalidSettingsException failure =
        assertThrows(InvalidSettingsException.class, () -> Settings.of("reset=never"));

    assertTrue(failure.getMessage().startsWith("1 problem in"), failure.getMessage());
  }

  @Test
  void anUnknownSystemPropertyIsAProblem() {
    assertEquals(
        "system property \"tenantpool.maxConnections\": there is no such setting; did you mean"
            + " tenantpool.max-connections?",
        Sources.none().property("tenantpool.maxConnections", "5").problem());
  }

  @Test
  void anUnknownEnvironmentVariableIsAProblem() {
    assertEquals(
        "environment variable \"TENANTPOOL_MAX_CONECTIONS\": there is no such setting; did you mean"
            + " TENANTPOOL_MAX_CONNECTIONS?",
        Sources.none().environment("TENANTPOOL_MAX_CONECTIONS", "5").problem());
  }

  @Test
  void aNameInTheWrongCaseIsReportedRatherThanOverlooked() {
    assertTrue(
        Sources.none()
            .property("TenantPool.urls", "jdbc:postgresql:**")
            .problem()
            .endsWith("did you mean tenantpool.urls?"));
    assertTrue(
        Sources.none()
            .environment("tenantpool.log-file", "a.log")
            .problem()
            .endsWith("did you mean TENANTPOOL_LOG_FILE?"));
  }

  @Test
  void namesOfOtherProgramsAreNobodysConcern() {
    Settings settings =
        Sources.none()
            .property("tenantpools.max", "5")
            .property("spring.datasource.url", "jdbc:postgresql:x")
            .environment("TENANT_POOL", "5")
            .load();

    assertEquals(100, settings.maxConnections());
  }

  @Test
  void everyLineOfTheConfigFileMustBeASetting() {
    assertEquals(
        "config file \"max-connections\": there is no such setting; did you mean"
            + " tenantpool.max-connections?",
        Sources.none().file("max-connections=5").problem());
  }

  @Test
  void theValueOfAnUnknownNameIsNotShown() {
    String problem = Sources.none().arguments("password=hunter2").problem();

    assertFalse(problem.contains("hunter2"), problem);
  }

  @Test
  void anEmptyValueIsAProblem() {
    assertEquals(
        "environment variable TENANTPOOL_LOG_FILE = \"\": must be the path of a file, or none;"
            + " leave it out for none",
        Sources.none().environment("TENANTPOOL_LOG_FILE", " ").problem());
    assertEquals(1, Sources.none().arguments("config=").problems().size());
  }

  @Test
  void blanksAroundAValueDoNotMatter() {
    assertEquals(
        7, Sources.none().property("tenantpool.max-connections", " 7\t").load().maxConnections());
  }

  @Test
  void anArgumentThatIsGivenTwiceIsAProblem() {
    assertEquals(
        "agent argument \"max-connections\": given twice; give it once",
        Sources.none().arguments("max-connections=5,max-connections=6").problem());
  }

  @Test
  void aProblemStaysOnItsLine() {
    String problem = Sources.none().property("tenantpool.reset", "a\nb").problem();

    assertTrue(problem.contains("\"a\\u000ab\""), problem);
    assertFalse(Sources.none().property("tenantpool.urls", "jdbc:x\ny,").problem().contains("\n"));
  }

  @Test
  void switchedOffMeansThatNothingElseIsLookedAt() {
    Settings settings =
        Sources.none()
            .arguments("enabled=false,max-connections=-1,bogus=1")
            .environment("TENANTPOOL_CONFIG", "missing.properties")
            .load();

    assertFalse(settings.enabled());
    assertEquals(100, settings.maxConnections());
    assertEquals("tenantpool.enabled = false (agent argument)", first(settings.effective()));
  }

  @Test
  void aMisspeltSwitchDoesNotSwitchOff() {
    assertEquals(
        List.of("agent argument enabled = \"no\": must be true or false"),
        Sources.none().arguments("enabled=no").problems());
  }

  private static String first(List<Setting> settings) {
    return settings.get(0).toString();
  }
}
