package io.tenantpool.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a {@code q} or the end of the input. */
final class Keys {

  private final CountDownLatch quit = new CountDownLatch(1);

  /** Begins to read. */
  static Keys of(InputStream in) {
    Keys keys = new Keys();
    Thread reader = new Thread(() -> keys.read(in), "keys");
    reader.setDaemon(true);
    reader.start();
    return keys;
  }

  private void read(InputStream in) {
    try {
      int key = in.read();
      while (key >= 0 && key != 'q' && key != 'Q') {
        key = in.read();
      }
    } catch (IOException broken) {
      // As good as its end.
    }
    quit.countDown();
  }

  /** Waits for so long at most; whether it is time to go. */
  boolean quitWithin(long millis) {
    try {
      return quit.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
