package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  private static final String TOKEN = "Ab3-._~+/=0123456789";

  @Test
  void withoutAPortThereIsNoHttp() {
    assertEquals(Optional.empty(), Settings.defaults().http());
    assertEquals(Optional.empty(), Settings.of("http-token=" + TOKEN).http());
  }

  @Test
  void aPortAndATokenOpenTheLoopbackAddress() {
    assertEquals(
        Optional.of(new HttpSettings(9404, "127.0.0.1", TOKEN)),
        Settings.of("http-port=9404,http-token=" + TOKEN).http());
  }

  @Test
  void theTokenMayComeFromAFileWithALineEnd() {
    Settings settings =
        Sources.none()
            .fileNamed(Path.of("token.txt"), TOKEN + "\n")
            .arguments("http-port=0,http-address=::1,http-token-file=token.txt")
            .load();
    assertEquals(Optional.of(new HttpSettings(0, "::1", TOKEN)), settings.http());
  }

  @Test
  void aPortWithoutATokenIsAProblem() {
    assertEquals(
        "tenantpool.http-port = 9404 (agent argument): nobody may look without a token; set"
            + " tenantpool.http-token-file or tenantpool.http-token",
        Sources.none().arguments("http-port=9404").problem());
  }

  @Test
  void twoTokensAreAProblemThatShowsNeither() {
    String problem =
        Sources.none()
            .arguments("http-port=1,http-token=" + TOKEN + ",http-token-file=token.txt")
            .problem();
    assertTrue(problem.startsWith("tenantpool.http-token = *** (agent argument)"), problem);
  }

  @Test
  void aTokenFileThatIsNotThereIsAProblem() {
    assertEquals(
        "agent argument http-token-file = \"token.txt\": cannot be read: NoSuchFileException",
        Sources.none().arguments("http-port=1,http-token-file=token.txt").problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "none", "tooShort", "with a blank in the middle", "zwölf-und-vier-ist"})
  void aFileWithoutATokenIsAProblemThatDoesNotShowIt(String content) {
    String problem =
        Sources.none()
            .fileNamed(Path.of("token.txt"), content)
            .arguments("http-port=1,http-token-file=token.txt")
            .problem();
    assertEquals(
        "agent argument http-token-file = \"token.txt\": what it holds must be at least 16 letters,"
            + " digits and characters of -._~+/=, or none",
        problem);
  }

  @Test
  void aWrongTokenIsNotShown() {
    assertEquals(
        "system property tenantpool.http-token = \"***\": must be at least 16 letters, digits and"
            + " characters of -._~+/=, or none",
        Sources.none().property("tenantpool.http-token", "hunter2").problem());
  }

  @Test
  void neitherSettingsNorTheirPartsShowTheToken() {
    Settings settings = Settings.of("http-port=9404,http-token=" + TOKEN);
    assertFalse(settings.toString().contains(TOKEN));
    assertFalse(settings.effective().toString().contains(TOKEN));
    assertTrue(settings.toString().contains("tenantpool.http-token = *** (agent argument)"));
    assertEquals("Optional[http://127.0.0.1:9404]", settings.http().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http-port=65536, 'a port from 0 to 65535, or none'",
    "http-port=-1, 'a port from 0 to 65535, or none'",
    "http-address=http://x, a host name or an IP address",
    "metrics.tenant-tags=top:0, 'all, none, or top:N with N from 1 to 100000'",
    "metrics.tenant-tags=top:, 'all, none, or top:N with N from 1 to 100000'",
    "metrics.tenant-tags=some, 'all, none, or top:N with N from 1 to 100000'",
  })
  void aValueThatMakesNoSenseIsAProblem(String argument, String allowed) {
    String problem = Sources.none().arguments(argument).problem();
    assertTrue(problem.endsWith("must be " + allowed), problem);
  }

  @ParameterizedTest
  @CsvSource({"all, 2147483647", "none, 0", "top:1, 1", "TOP:100000, 100000"})
  void tenantTagsAreANumberOfTenants(String text, int most) {
    assertEquals(
        most, Settings.of("max-connections=5,metrics.tenant-tags=" + text).tenantTags().most());
    assertEquals(
        most,
        Sources.none()
            .environment("TENANTPOOL_METRICS_TENANT_TAGS", text)
            .load()
            .tenantTags()
            .most());
  }
}
