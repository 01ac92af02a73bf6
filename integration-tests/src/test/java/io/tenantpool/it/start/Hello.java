package io.tenantpool.it.start;

/** A program without JDBC. */
public final class Hello {

  private Hello() {}

  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
