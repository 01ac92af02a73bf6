package io.tenantpool.config;

/**
 * A {@link Long}: a number of bytes as operators write it, such as {@code 512KB} or {@code 10MB}.
 */
record ByteSize(String min, String max) implements SettingType {

  @Override
  public Object parse(String text) {
    long bytes = bytes(text);
    if (bytes < bytes(min) || bytes > bytes(max)) {
      throw new IllegalArgumentException("must be ".concat(allowed()));
    }
    return bytes;
  }

  /** The number of bytes; -1 when the text is not a whole number followed by a unit. */
  private static long bytes(String text) {
    int unitAt = 0;
    while (unitAt < text.length() && Character.isDigit(text.charAt(unitAt))) {
      unitAt++;
    }
    long number = Digits.parse(text.substring(0, unitAt));
    if (number < 0) {
      return -1;
    }
    return switch (text.substring(unitAt)) {
      case "KB" -> number << 10;
      case "MB" -> number << 20;
      case "GB" -> number << 30;
      default -> -1;
    };
  }

  @Override
  public String allowed() {
    return "a size from " + min + " to " + max + ", in KB, MB or GB";
  }
}
