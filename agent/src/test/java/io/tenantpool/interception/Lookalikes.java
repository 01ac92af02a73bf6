package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Classes with the names and the shape of those of a server whose own are too large for this build.
 * The servers themselves run in the integration tests of the profile {@code servers}.
 */
final class Lookalikes {

  private final Path directory;
  private final List<String> arguments = new ArrayList<>();

  /** Of a server, to be written to an empty directory. */
  Lookalikes(Path directory) {
    this.directory = directory;
    arguments.addAll(List.of("-d", directory.toString()));
  }

  /** One more class of {@code inPackage}. */
  Lookalikes with(String inPackage, String name, String source) throws IOException {
    Path file = directory.resolve(name + ".java");
    Files.writeString(file, "package " + inPackage + ";\n" + source);
    arguments.add(file.toString());
    return this;
  }

  /** Loads them as with the agent. */
  PoolLoader load() throws IOException {
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.err, System.err, arguments.toArray(new String[0])));
    PoolLoader loader = new PoolLoader(PoolLibrary.ALL);
    loader.add(directory);
    return loader;
  }

  /** Calls the public method of that name. */
  static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name)) {
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(name);
  }
}
