package io.tenantpool.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeysTest {

  private static final long LONG_MILLIS = 30_000;

  @Test
  void theEndOfTheInputQuits() {
    assertTrue(Keys.of(InputStream.nullInputStream()).quitWithin(LONG_MILLIS));
  }

  @Test
  void anInputThatBreaksQuits() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertTrue(Keys.of(broken).quitWithin(LONG_MILLIS));
  }

  @Test
  void aQQuitsAndOtherKeysDoNot() throws IOException {
    try (PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard)) {
      Keys keys = Keys.of(in);
      keyboard.write("xy\n".getBytes(StandardCharsets.US_ASCII));
      keyboard.flush();
      assertFalse(keys.quitWithin(50));
      keyboard.write('Q');
      keyboard.flush();
      assertTrue(keys.quitWithin(LONG_MILLIS));
    }
  }

  @Test
  void aQAmongOtherKeysQuits() {
    assertTrue(
        Keys.of(new ByteArrayInputStream("zq".getBytes(StandardCharsets.US_ASCII)))
            .quitWithin(LONG_MILLIS));
  }
}
