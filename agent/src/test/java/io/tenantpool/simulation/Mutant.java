package io.tenantpool.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The pool with one mistake in it.
 *
 * @param name what the mistake is
 * @param file the source file of {@code io.tenantpool.pool} that it is made in
 * @param right what stands there
 * @param wrong what stands there instead
 */
record Mutant(String name, String file, String right, String wrong) {

  private static final Path SOURCES = Path.of("src", "main", "java", "io", "tenantpool", "pool");

  /** The classes that the mistake changes, compiled. */
  Map<String, byte[]> classes() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      boolean successful =
          compiler
              .getTask(
                  problems,
                  new InMemory(standard, compiled),
                  null,
                  List.of(
                      "-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(file, source().replace(right, wrong))))
              .call();
      if (!successful) {
        throw new IllegalStateException(name + " does not compile: " + problems);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, byte[]> classes = new HashMap<>();
    compiled.forEach((type, bytes) -> classes.put(type, bytes.toByteArray()));
    return classes;
  }

  /** Whether the source has what is to be made wrong, once. */
  boolean canBeMade() {
    String text = source();
    int place = text.indexOf(right);
    return place >= 0 && place == text.lastIndexOf(right);
  }

  private String source() {
    try {
      return Files.readString(SOURCES.resolve(file + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///io/tenantpool/pool/" + file + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> compiled;

    InMemory(JavaFileManager next, Map<String, ByteArrayOutputStream> compiled) {
      super(next);
      this.compiled = compiled;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + type.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return compiled.computeIfAbsent(type, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
