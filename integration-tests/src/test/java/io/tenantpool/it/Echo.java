package io.tenantpool.it;

import java.util.Scanner;

/** Says its argument, then one line of its input. */
final class Echo {

  private Echo() {}

  public static void main(String[] arguments) {
    System.out.println("said " + arguments[0]);
    System.out.println("heard " + new Scanner(System.in).nextLine());
    System.exit(3);
  }
}
