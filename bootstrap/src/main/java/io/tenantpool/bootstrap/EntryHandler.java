package io.tenantpool.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads one entry through the jar that is open anyway. */
final class EntryHandler extends URLStreamHandler {

  private final ZipFile jar;
  private final ZipEntry entry;

  EntryHandler(ZipFile jar, ZipEntry entry) {
    this.jar = jar;
    this.entry = entry;
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new URLConnection(url) {
      @Override
      public void connect() {
        connected = true;
      }

      @Override
      public InputStream getInputStream() throws IOException {
        return jar.getInputStream(entry);
      }

      @Override
      public long getContentLengthLong() {
        return entry.getSize();
      }

      @Override
      public long getLastModified() {
        return entry.getTime();
      }
    };
  }
}
