package io.tenantpool.observation.http;

import io.tenantpool.config.HttpSettings;
import io.tenantpool.pool.Ticker;
import io.tenantpool.upkeep.AgentThread;
import io.tenantpool.upkeep.AgentThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Answers {@code GET} on a few paths to whoever shows the token; one request for each connection.
 *
 * <p>Not the JDK's {@code com.sun.net.httpserver}: that would wake the JDK's logging before the
 * application has chosen its own, and its limits of size and time are system properties of the
 * whole JVM, the application's own servers included.
 */
public final class HttpEndpoint implements AutoCloseable {

  private static final int BACKLOG = 16;
  private static final int THREADS = 4;
  private static final int QUEUED = 16;
  private static final long IDLE_SECONDS = 10;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How much, and for how long, is read of a request that was refused before its end. */
  private static final int MOST_DRAINED_BYTES = 256 * 1024;

  private static final int DRAIN_MILLIS = 500;
  private static final long CLOSE_MILLIS = 1000;

  private final ServerSocket listener;
  private final BearerToken token;
  private final Map<String, Page> pages;
  private final Ticker ticker;
  private final Consumer<Throwable> failed;
  private final ThreadPoolExecutor workers;
  private final AgentThread acceptor;

  private HttpEndpoint(
      ServerSocket listener,
      HttpSettings settings,
      Map<String, Page> pages,
      Ticker ticker,
      Consumer<Throwable> failed,
      AgentThreads threads) {
    this.listener = listener;
    this.token = new BearerToken(settings.token());
    this.pages = Map.copyOf(pages);
    this.ticker = ticker;
    this.failed = failed;
    this.workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUED),
            HttpEndpoint::worker);
    workers.allowCoreThreadTimeOut(true);
    this.acceptor = threads.thread("tenant-pool-http-accept", this::accept);
  }

  /**
   * Listens, and answers from now on.
   *
   * @param pages by path
   * @param failed told when a page throws, or nothing can be accepted
   * @throws IOException when the address is not of this machine, or the port is taken
   */
  public static HttpEndpoint open(
      HttpSettings settings,
      Map<String, Page> pages,
      Ticker ticker,
      Consumer<Throwable> failed,
      AgentThreads threads)
      throws IOException {
    InetAddress address = InetAddress.getByName(settings.address());
    ServerSocket listener = new ServerSocket(settings.port(), BACKLOG, address);
    HttpEndpoint endpoint = new HttpEndpoint(listener, settings, pages, ticker, failed, threads);
    endpoint.acceptor.start();
    return endpoint;
  }

  /** The port, also when any was asked for. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Nothing of the application stays with such a thread, and it does not keep the JVM alive. */
  private static Thread worker(Runnable work) {
    Thread thread = new Thread(null, work, "tenant-pool-http", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(HttpEndpoint.class.getClassLoader());
    return thread;
  }

  /** Accepts one; false when there will be none any more. */
  private boolean accept() {
    try {
      begin(listener.accept());
    } catch (Throwable failure) {
      if (!listener.isClosed()) {
        failed.accept(failure);
        // No file descriptor or no thread is left; neither comes back at once.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return !listener.isClosed();
  }

  private void begin(Socket client) throws IOException {
    try {
      workers.execute(() -> serve(client));
    } catch (RejectedExecutionException tooMany) {
      client.close();
    } catch (Throwable failure) {
      client.close();
      throw failure;
    }
  }

  private void serve(Socket client) {
    try (client) {
      try {
        HttpRequest request = HttpRequest.read(client, ticker);
        boolean withBody = !request.method().equals("HEAD");
        client.getOutputStream().write(answer(request).bytes(withBody));
        if (request.hasBody()) {
          drain(client);
        }
      } catch (BadRequestException bad) {
        client.getOutputStream().write(bad.reply().bytes(true));
        drain(client);
      }
    } catch (IOException gone) {
      // The client went away; that is its own affair.
    } catch (Throwable failure) {
      failed.accept(failure);
    }
  }

  private HttpReply answer(HttpRequest request) {
    // The token first: without it nobody learns which paths there are.
    if (!token.opens(request.authorization())) {
      return HttpReply.unauthorized();
    }
    if (request.hasBody()) {
      return HttpReply.failure(413, "Content Too Large");
    }
    Page page = pages.get(request.path());
    if (page == null) {
      return HttpReply.failure(404, "Not Found");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpReply.wrongMethod();
    }
    try {
      return HttpReply.ok(page.contentType(), page.text().get());
    } catch (Throwable failure) {
      failed.accept(failure);
      return HttpReply.failure(500, "Internal Server Error");
    }
  }

  /** A close with unread input would reset the connection, and the client lose the reply. */
  private static void drain(Socket client) throws IOException {
    client.shutdownOutput();
    client.setSoTimeout(DRAIN_MILLIS);
    InputStream in = client.getInputStream();
    byte[] ignored = new byte[8192];
    int left = MOST_DRAINED_BYTES;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = in.read(ignored);
    }
  }

  /** Listens no more; requests under way are answered. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException nothingToDo) {
      failed.accept(nothingToDo);
    }
    workers.shutdown();
    // The port is free when nobody waits at it any more.
    acceptor.hurry();
    acceptor.join(CLOSE_MILLIS);
  }
}
