package io.tenantpool.it.failure;

import io.tenantpool.it.support.ChildJvm;
import io.tenantpool.it.support.RunningJvm;

/** A {@link TroubleProgram} that runs, in the words of a test. */
record Trouble(RunningJvm child) implements AutoCloseable {

  static Trouble start(ChildJvm jvm) {
    return new Trouble(jvm.start());
  }

  /** The program without the agent. */
  static ChildJvm program() {
    return ChildJvm.of(TroubleProgram.class);
  }

  /** The program with the agent, which may have so many connections, all of them for one tenant. */
  static ChildJvm program(int budget, String acquireTimeout) {
    return program()
        .agent(true)
        .setting("max-connections", budget)
        .setting("max-connections-per-tenant", budget)
        .setting("acquire-timeout", acquireTimeout);
  }

  String connect(String url) {
    return obey("connect " + url);
  }

  String hold(int connections, String url) {
    return obey("hold " + connections + " " + url);
  }

  String release() {
    return obey("release");
  }

  private String obey(String command) {
    child.send(command);
    return awaitSeen();
  }

  String awaitSeen() {
    return child.awaitLine("seen\t");
  }

  @Override
  public void close() {
    child.close();
  }
}
