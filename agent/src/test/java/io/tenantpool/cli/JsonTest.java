package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void mapsListsNumbersAndTruthValuesNest() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b", List.of(2.5, true, Map.of()));
    assertEquals("{\"a\":1,\"b\":[2.5,true,{}]}", Json.of(map));
    assertEquals("[null]", Json.of(Arrays.asList((Object) null)));
    assertEquals("[]", Json.of(List.of()));
  }

  @Test
  void whatJsonHasNoNumberForIsNull() {
    assertEquals("[null,null]", Json.of(List.of(Double.NaN, Double.POSITIVE_INFINITY)));
  }

  @Test
  void whatATextHoldsIsEscaped() {
    assertEquals(
        "\"\\\"\\\\\\n\\r\\t\\u001b\\u00fc\\ud83d\\ude00\"",
        Json.of("\"\\\n\r\t\u001b\u00fc\ud83d\ude00"));
    assertEquals("{\"a\\\"\":\"x\"}", Json.of(Map.of("a\"", "x")));
  }
}
