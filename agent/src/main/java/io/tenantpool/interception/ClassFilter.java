package io.tenantpool.interception;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The cheap decision that every class file of the application goes through: does its constant pool
 * hold certain names? It reads the raw bytes and makes no object.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html#jvms-4.4">JVM
 *     specification, 4.4</a>
 */
final class ClassFilter {

  private static final int POOL_COUNT = 8;
  private static final int POOL = 10;
  private static final int UTF8 = 1;

  private final List<byte[]> names = new ArrayList<>();

  /** Looks for all of {@code names}, which are ASCII. */
  ClassFilter(List<String> names) {
    for (String name : names) {
      this.names.add(name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Whether the class file may concern us; false for what is no class file. */
  boolean accepts(byte[] classFile) {
    int missing = (1 << names.size()) - 1;
    int at = POOL;
    int count = classFile.length < POOL ? 0 : unsignedShort(classFile, POOL_COUNT);
    for (int index = 1; index < count && at + 3 <= classFile.length; index++) {
      int tag = classFile[at];
      if (tag == UTF8) {
        int length = unsignedShort(classFile, at + 1);
        missing &= ~found(classFile, at + 3, length);
        if (missing == 0) {
          return true;
        }
        at += 3 + length;
      } else {
        int size = size(tag);
        if (size == 0) {
          return false;
        }
        at += size;
        if (tag == 5 || tag == 6) {
          index++; // A long or a double counts twice.
        }
      }
    }
    return false;
  }

  /** The bit of the name that stands there. */
  private int found(byte[] classFile, int start, int length) {
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      if (name.length == length && matches(classFile, start, name)) {
        return 1 << i;
      }
    }
    return 0;
  }

  private static boolean matches(byte[] classFile, int start, byte[] name) {
    if (start + name.length > classFile.length) {
      return false;
    }
    // From the end, where names of one length differ.
    for (int i = name.length - 1; i >= 0; i--) {
      if (classFile[start + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of a constant, its tag included; 0 for a tag that nobody knows. */
  private static int size(int tag) {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case 5, 6 -> 9;
      default -> 0;
    };
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
