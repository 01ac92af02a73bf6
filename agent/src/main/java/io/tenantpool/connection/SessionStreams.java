package io.tenantpool.connection;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;

/**
 * Streams of a driver's objects. They may read and write through the session, so each of their
 * calls counts as a call of the connection, and fails once that is closed.
 */
final class SessionStreams {

  private SessionStreams() {}

  /** The stream that the application gets instead of the driver's. */
  static Object guard(Object stream, StreamGate session) {
    if (stream instanceof InputStream in) {
      return new Input(in, session);
    }
    if (stream instanceof OutputStream out) {
      return new Output(out, session);
    }
    if (stream instanceof Reader reader) {
      return new CharacterInput(reader, session);
    }
    return new CharacterOutput((Writer) stream, session);
  }

  /** Closing is not an error after the session has gone: nothing is left to close. */
  private static void close(StreamGate session, Closeable stream) throws IOException {
    if (session.isOpen()) {
      run(session, stream::close);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void run(StreamGate session, Action action) throws IOException {
    session.stream(
        () -> {
          action.run();
          return true;
        });
  }

  private static final class Input extends InputStream {
    private final InputStream in;
    private final StreamGate session;

    Input(InputStream in, StreamGate session) {
      this.in = in;
      this.session = session;
    }

    @Override
    public int read() throws IOException {
      return session.<Integer>stream(in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return session.<Integer>stream(() -> in.read(bytes, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
      return session.<Long>stream(() -> in.skip(count));
    }

    @Override
    public int available() throws IOException {
      return session.<Integer>stream(in::available);
    }

    @Override
    public boolean markSupported() {
      return in.markSupported();
    }

    @Override
    public synchronized void mark(int limit) {
      try {
        run(session, () -> in.mark(limit));
      } catch (IOException e) {
        // The connection is closed; a later reset says so.
        return;
      }
    }

    @Override
    public synchronized void reset() throws IOException {
      run(session, in::reset);
    }

    @Override
    public void close() throws IOException {
      SessionStreams.close(session, in);
    }
  }

  private static final class Output extends OutputStream {
    private final OutputStream out;
    private final StreamGate session;

    Output(OutputStream out, StreamGate session) {
      this.out = out;
      this.session = session;
    }

    @Override
    public void write(int value) throws IOException {
      run(session, () -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      run(session, () -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      run(session, out::flush);
    }

    @Override
    public void close() throws IOException {
      SessionStreams.close(session, out);
    }
  }

  private static final class CharacterInput extends Reader {
    private final Reader reader;
    private final StreamGate session;

    CharacterInput(Reader reader, StreamGate session) {
      this.reader = reader;
      this.session = session;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
      return session.<Integer>stream(() -> reader.read(characters, offset, length));
    }

    @Override
    public void close() throws IOException {
      SessionStreams.close(session, reader);
    }
  }

  private static final class CharacterOutput extends Writer {
    private final Writer writer;
    private final StreamGate session;

    CharacterOutput(Writer writer, StreamGate session) {
      this.writer = writer;
      this.session = session;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      run(session, () -> writer.write(characters, offset, length));
    }

    @Override
    public void flush() throws IOException {
      run(session, writer::flush);
    }

    @Override
    public void close() throws IOException {
      SessionStreams.close(session, writer);
    }
  }
}
