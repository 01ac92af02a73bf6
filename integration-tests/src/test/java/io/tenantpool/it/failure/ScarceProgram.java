package io.tenantpool.it.failure;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that lacks something for moments, and survives it. Knows nothing of the agent.
 * Arguments: the URL of a server, that of another one that is met while it lacks, what it lacks.
 */
final class ScarceProgram {

  private static final List<Object> HOG = new ArrayList<>();

  private ScarceProgram() {}

  public static void main(String[] arguments) throws Exception {
    use(arguments[0]);
    System.out.println("warm");
    awaitLine();
    // Their classes are there before there is no room for them.
    use(arguments[0]);
    // A metaspace fills slowly: each class that does not fit costs a collection.
    int rounds = arguments[2].equals("heap") || arguments[2].equals("direct") ? 3 : 1;
    for (int round = 0; round < rounds; round++) {
      try {
        take(arguments[2]);
        for (int i = 0; i < 4; i++) {
          attempt(arguments[0]);
        }
        attempt(arguments[1]);
        attempt(arguments[1]);
        if (arguments[2].equals("threads")) {
          System.out.println("taken");
          awaitLine();
        }
      } finally {
        giveBack(arguments[2]);
      }
    }
    use(arguments[0]);
    use(arguments[1]);
    System.out.println("over");
    awaitLine();
  }

  private static void awaitLine() throws IOException {
    for (int read = System.in.read(); read >= 0 && read != '\n'; ) {
      read = System.in.read();
    }
  }

  private static void take(String what) throws IOException, InterruptedException {
    switch (what) {
      case "heap" -> {
        Thread hog = new Thread(ScarceProgram::fillTheHeap);
        hog.start();
        hog.join(20_000);
      }
      case "metaspace" -> {
        try {
          while (true) {
            ClassLoader loader =
                new URLClassLoader(new URL[0], ScarceProgram.class.getClassLoader());
            HOG.add(
                Proxy.newProxyInstance(
                    loader, new Class<?>[] {Runnable.class}, (proxy, method, args) -> null));
          }
        } catch (OutOfMemoryError full) {
          // As wanted.
        }
      }
      case "direct" -> {
        try {
          while (true) {
            HOG.add(ByteBuffer.allocateDirect(64 << 10));
          }
        } catch (OutOfMemoryError full) {
          // As wanted.
        }
      }
      // Less than the stack of one thread is left, and nobody has left one to be used again.
      case "threads" -> {
        limit(Long.toString((size() + 12 * 1024) * 1024));
        startThreads();
      }
      default -> throw new IllegalArgumentException(what);
    }
  }

  private static void giveBack(String what) throws IOException, InterruptedException {
    if (what.equals("threads")) {
      limit("unlimited");
      HOG.forEach(thread -> LockSupport.unpark((Thread) thread));
    }
    HOG.clear();
    System.gc();
  }

  /** As many as there can be, to the end of the scarcity. */
  private static void startThreads() {
    try {
      while (true) {
        Thread thread = new Thread(LockSupport::park);
        thread.setDaemon(true);
        thread.start();
        HOG.add(thread);
      }
    } catch (OutOfMemoryError none) {
      // As wanted.
    }
  }

  private static void fillTheHeap() {
    List<Object> hog = new ArrayList<>();
    for (int size = 1 << 20; size > 32; ) {
      try {
        hog.add(new byte[size]);
      } catch (OutOfMemoryError e) {
        size /= 2;
      }
    }
    long end = System.nanoTime() + 400_000_000L;
    while (System.nanoTime() < end) {
      try {
        hog.add(new byte[16]);
      } catch (OutOfMemoryError e) {
        // Full.
      }
    }
  }

  /** Kilobytes of address space. */
  private static long size() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmSize:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmSize");
  }

  private static void limit(String bytes) throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    int code =
        new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--as=" + bytes + ":unlimited")
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("prlimit: " + code);
    }
  }

  private static void attempt(String url) {
    try {
      use(url);
    } catch (SQLException | OutOfMemoryError | LinkageError lacking) {
      // What an application that survives it does.
    }
  }

  private static void use(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 42")) {
      row.next();
    }
  }
}
