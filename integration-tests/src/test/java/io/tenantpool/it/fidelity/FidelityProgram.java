package io.tenantpool.it.fidelity;

/**
 * Runs every case and prints one line for each: its name, a tab, its outcome. Knows nothing of the
 * agent. Argument: the URL.
 */
final class FidelityProgram {

  private FidelityProgram() {}

  public static void main(String[] arguments) {
    CaseTable.all()
        .cases()
        .forEach((name, what) -> System.out.println(name + "\t" + outcome(arguments[0], what)));
    System.exit(0);
  }

  private static String outcome(String url, FidelityCase what) {
    try (Scene scene = new Scene(url)) {
      return Description.of(what.run(scene));
    } catch (Throwable e) {
      return Description.of(e);
    }
  }
}
