package io.tenantpool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClientSocketsTest {

  @Test
  void countsTheSocketsThatAProcessHoldsToAPort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 10, loopback)) {
      int port = server.getLocalPort();
      ClientSockets sockets = new ClientSockets(ProcessHandle.current().pid(), port);
      assumeTrue(sockets.count().isPresent(), "this system has no /proc");
      assertEquals(OptionalInt.of(0), sockets.count());
      try (Socket first = new Socket(loopback, port);
          Socket second = new Socket(loopback, port)) {
        assertEquals(OptionalInt.of(2), sockets.count());
        second.close();
        assertEquals(OptionalInt.of(1), sockets.count());
        assertEquals(port, first.getPort());
      }
    }
  }
}
