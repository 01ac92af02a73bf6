package io.tenantpool.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSettingsTest {

  @Test
  void withoutAFileThereIsNoAudit() {
    assertEquals(Optional.empty(), Settings.defaults().audit().file());
  }

  @Test
  void aFileHasASizeAndANumberOfPredecessors() {
    assertEquals(
        new AuditSettings(Optional.of(Path.of("a.log")), 10 << 20, 5),
        Settings.of("audit-file=a.log").audit());
    assertEquals(
        new AuditSettings(Optional.of(Path.of("a.log")), 64 << 10, 20),
        Settings.of("audit-file=a.log,audit-max-file-size=64KB,audit-max-files=20").audit());
  }

  @ParameterizedTest
  @CsvSource({"1KB, 1024", "5MB, 5242880", "10GB, 10737418240"})
  void aSizeIsANumberWithAUnit(String text, long bytes) {
    assertEquals(bytes, new ByteSize("1KB", "10GB").parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0KB", "11GB", "10", "10B", "10mb", "-1MB", "1.5MB", "MB", "1 MB"})
  void anythingElseIsNoSizeInRange(String text) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> new ByteSize("1KB", "10GB").parse(text));
    assertEquals("must be a size from 1KB to 10GB, in KB, MB or GB", wrong.getMessage());
  }

  @Test
  void keysOfAnMdcAreWordsEachOneOnce() {
    assertEquals(
        List.of("requestId", "request_id", "X-Request-Id", "traceId"),
        Settings.defaults().logMdcKeys());
    assertEquals(
        List.of("a", "b.c"), Settings.of("log-mdc-keys=a , b.c,a,log-level=warn").logMdcKeys());
    assertEquals(List.of(), Settings.of("log-mdc-keys=none").logMdcKeys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,,b", "a,", "a\u007f"})
  void whatHasABlankOrIsEmptyIsNoKey(String text) {
    InvalidSettingsException wrong =
        assertThrows(InvalidSettingsException.class, () -> Settings.of("log-mdc-keys=" + text));
    assertTrue(
        String.valueOf(wrong.getMessage()).contains("must be words, separated by commas, or none"));
  }
}
