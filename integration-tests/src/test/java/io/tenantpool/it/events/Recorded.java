package io.tenantpool.it.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event of a recording, as {@code jfr print --json} of the JDK shows it. */
record Recorded(String type, Map<?, ?> values) {

  /** The agent's events in the file, in the order of the tool. */
  static List<Recorded> in(Path recording) throws IOException, InterruptedException {
    String json =
        printed("--json", "--stack-depth", "64", "--events", "io.tenantpool.*", recording);
    Map<?, ?> root = (Map<?, ?>) Objects.requireNonNull(JsonText.read(json));
    Map<?, ?> inner = (Map<?, ?>) Objects.requireNonNull(root.get("recording"));
    List<Recorded> events = new ArrayList<>();
    for (Object event : (List<?>) Objects.requireNonNull(inner.get("events"))) {
      Map<?, ?> map = (Map<?, ?>) event;
      events.add(
          new Recorded(
              String.valueOf(map.get("type")),
              (Map<?, ?>) Objects.requireNonNull(map.get("values"))));
    }
    return events;
  }

  /** What {@code jfr print} prints. */
  static String printed(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.javaHome().resolve("bin").resolve("jfr").toString());
    command.add("print");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(tool.getInputStream().readAllBytes());
    tool.waitFor(30, TimeUnit.SECONDS);
    assertEquals(0, tool.exitValue(), output);
    return output;
  }

  static List<Recorded> of(List<Recorded> all, String name) {
    return all.stream().filter(event -> event.type.equals("io.tenantpool." + name)).toList();
  }

  @Nullable Object get(String field) {
    return values.get(field);
  }

  long number(String field) {
    return ((Double) Objects.requireNonNull(get(field))).longValue();
  }

  /** A field that is a time span; the tool prints {@code PT1.5S}. */
  Duration span(String field) {
    return Duration.parse(String.valueOf(get(field)));
  }

  String thread() {
    Map<?, ?> thread = (Map<?, ?>) Objects.requireNonNull(get("eventThread"));
    return String.valueOf(thread.get("javaName"));
  }

  /** The methods on the stack, as {@code class.method}, the innermost first. */
  List<String> stack() {
    Map<?, ?> trace = (Map<?, ?>) Objects.requireNonNull(get("stackTrace"));
    List<String> methods = new ArrayList<>();
    for (Object frame : (List<?>) Objects.requireNonNull(trace.get("frames"))) {
      Map<?, ?> method = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) frame).get("method"));
      Map<?, ?> type = (Map<?, ?>) Objects.requireNonNull(method.get("type"));
      methods.add(String.valueOf(type.get("name")).replace('/', '.') + "." + method.get("name"));
    }
    return methods;
  }

  /** Whether a method of the application's program is on the stack. */
  boolean isFrom(String method) {
    return stack().contains(RecordedProgram.class.getName() + "." + method);
  }
}
