package io.tenantpool.demo;

/** One way in which programs get their connections; performed without and with the agent. */
enum Act {
  DIRECT("driver-manager", "The program opens a connection for each unit of work"),
  POOLED("hikari", "The program has a HikariCP for each tenant, of 25 connections");

  private final String wayOfProgram;
  private final String heading;

  Act(String wayOfProgram, String heading) {
    this.wayOfProgram = wayOfProgram;
    this.heading = heading;
  }

  /** How the sample program calls it. */
  String wayOfProgram() {
    return wayOfProgram;
  }

  /** The number of the act, and what it shows. */
  String heading() {
    return "Act " + (ordinal() + 1) + ": " + heading;
  }

  boolean isLast() {
    return ordinal() == values().length - 1;
  }
}
