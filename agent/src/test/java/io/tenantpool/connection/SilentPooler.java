package io.tenantpool.connection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands before the server and does not tell the driver what the session is called, as a connection
 * pooler does whose server connection was called so before; and invents, as PgBouncer does, the
 * number by which a session is cancelled. Without encryption.
 */
final class SilentPooler implements AutoCloseable {

  private static final String UNTOLD = "application_name\0";
  private static final char PARAMETER_STATUS = 'S';
  private static final char BACKEND_KEY_DATA = 'K';

  /** A message's length counts itself. */
  private static final int LENGTH_BYTES = 4;

  private final ServerSocket listener;

  /** Something that ends with its socket. */
  private interface Traffic {
    void run() throws IOException;
  }

  SilentPooler() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  String url() {
    return "jdbc:postgresql://localhost:"
        + listener.getLocalPort()
        + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable";
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket("localhost", Postgres.port());
      daemon(() -> forward(client, server));
      daemon(() -> answer(server, client));
    }
  }

  private static void forward(Socket client, Socket server) throws IOException {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static void answer(Socket server, Socket client) throws IOException {
    try (client;
        server;
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      while (true) {
        int type = in.readByte();
        int length = in.readInt();
        byte[] body = in.readNBytes(length - LENGTH_BYTES);
        boolean untold =
            type == PARAMETER_STATUS && new String(body, StandardCharsets.UTF_8).startsWith(UNTOLD);
        if (type == BACKEND_KEY_DATA) {
          body[0] ^= 0x55;
        }
        if (!untold) {
          byte[] message = new byte[1 + LENGTH_BYTES + body.length];
          message[0] = (byte) type;
          for (int i = 0; i < LENGTH_BYTES; i++) {
            message[1 + i] = (byte) (length >>> 8 * (LENGTH_BYTES - 1 - i));
          }
          System.arraycopy(body, 0, message, 1 + LENGTH_BYTES, body.length);
          out.write(message);
        }
      }
    }
  }

  private static void daemon(Traffic traffic) {
    Thread thread =
        new Thread(
            () -> {
              try {
                traffic.run();
              } catch (IOException e) {
                // It has ended.
                return;
              }
            },
            "silent pooler");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
