package io.tenantpool.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JVMs of this machine, one a line. */
record JvmTable(List<LocalJvm> jvms) {

  private static final String ROW = "%8s  %-8s  %-10s  %s";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, ROW, "PID", "AGENT", "JAVA", "PROGRAM"));
    for (LocalJvm jvm : jvms) {
      String program = Words.visible(jvm.program());
      lines.add(
          String.format(
              Locale.ROOT,
              ROW,
              jvm.pid(),
              jvm.agent().word(),
              jvm.java().isEmpty() ? "-" : jvm.java(),
              jvm.problem().isEmpty() ? program : program + "  (" + jvm.problem() + ")"));
    }
    return lines;
  }

  /** For machines. */
  List<Map<String, Object>> asList() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (LocalJvm jvm : jvms) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("pid", jvm.pid());
      map.put("agent", jvm.agent().word());
      map.put("java", jvm.java());
      map.put("program", jvm.program());
      if (!jvm.problem().isEmpty()) {
        map.put("problem", jvm.problem());
      }
      list.add(map);
    }
    return list;
  }
}
