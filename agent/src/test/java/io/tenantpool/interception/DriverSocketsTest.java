package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.bootstrap.ConnectionBridge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.core.PGStream;
import org.postgresql.util.HostSpec;

/** Every socket that a driver makes is told of before it is connected. */
class DriverSocketsTest {

  private final List<Socket> made = new ArrayList<>();

  @RegisterExtension
  final AtTheDoor door =
      AtTheDoor.of(
          (ConnectionBridge)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {ConnectionBridge.class},
                  (proxy, method, args) -> {
                    if (method.getName().equals("socketMade")) {
                      Socket socket = (Socket) args[0];
                      assertFalse(socket.isConnected());
                      made.add(socket);
                    }
                    return null;
                  }));

  /** As the driver of MySQL makes its own. */
  public static final class PlainFactory {

    public Socket connect(String host, int port) throws Exception {
      Socket socket = host.isEmpty() ? null : new Socket();
      if (socket != null) {
        socket.connect(new java.net.InetSocketAddress(host, port));
      }
      return socket;
    }
  }

  @Test
  void thatOfPgjdbcIs() throws Exception {
    Class<?> stream = instrumented(PGStream.class);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HostSpec host = new HostSpec(server.getInetAddress().getHostAddress(), server.getLocalPort());
      Object opened =
          stream
              .getConstructor(SocketFactory.class, HostSpec.class, int.class)
              .newInstance(SocketFactory.getDefault(), host, 1000);
      assertEquals(1, made.size());
      assertEquals(made.get(0), stream.getMethod("getSocket").invoke(opened));
      made.get(0).close();
    }
  }

  @Test
  void oneThatIsClosedWhenItIsMadeIsNeverConnected() throws Exception {
    Class<?> stream = instrumented(PGStream.class);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HostSpec host = new HostSpec(server.getInetAddress().getHostAddress(), server.getLocalPort());
      SocketFactory closing =
          new SocketFactory() {
            @Override
            public Socket createSocket() {
              Socket socket = new Socket();
              try {
                socket.close();
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
              return socket;
            }

            @Override
            public Socket createSocket(String host, int port) {
              throw new AssertionError();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
              throw new AssertionError();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
              throw new AssertionError();
            }

            @Override
            public Socket createSocket(
                InetAddress host, int port, InetAddress local, int localPort) {
              throw new AssertionError();
            }
          };
      try {
        stream
            .getConstructor(SocketFactory.class, HostSpec.class, int.class)
            .newInstance(closing, host, 1000);
        throw new AssertionError("connected");
      } catch (InvocationTargetException e) {
        assertEquals("Socket is closed", e.getCause().getMessage());
      }
      assertEquals(1, made.size());
    }
  }

  @Test
  void thatOfAPlainConstructorIs() throws Exception {
    Class<?> factory = instrumented(PlainFactory.class);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Object instance = factory.getDeclaredConstructor().newInstance();
      Socket socket =
          (Socket)
              factory
                  .getMethod("connect", String.class, int.class)
                  .invoke(
                      instance, server.getInetAddress().getHostAddress(), server.getLocalPort());
      assertEquals(List.of(socket), made);
      socket.close();
    }
  }

  @Test
  void theDriversClassesAreKnownByTheEndsOfTheirNames() {
    DriverSockets sockets = new DriverSockets();
    assertTrue(sockets.concerns("org/postgresql/core/PGStream"));
    assertTrue(sockets.concerns("com/acme/shaded/org/postgresql/core/PGStream"));
    assertTrue(sockets.concerns("com/mysql/cj/protocol/StandardSocketFactory"));
    assertTrue(sockets.concerns("org/mariadb/jdbc/client/impl/ConnectionHelper"));
    assertFalse(sockets.concerns("com/acme/ConnectionHelper"));
    assertFalse(sockets.concerns(null));
  }

  private static Class<?> instrumented(Class<?> type) throws Exception {
    byte[] rewritten = ClassRewriter.rewrite(ClassFiles.of(type), new DriverSockets());
    assertNotNull(rewritten);
    String name = type.getName();
    ClassLoader loader =
        new ClassLoader(type.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            Class<?> known = findLoadedClass(wanted);
            if (known != null) {
              return known;
            }
            return wanted.equals(name)
                ? defineClass(name, rewritten, 0, rewritten.length)
                : super.loadClass(wanted, resolve);
          }
        };
    return loader.loadClass(name);
  }
}
