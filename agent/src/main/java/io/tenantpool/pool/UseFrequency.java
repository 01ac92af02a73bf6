package io.tenantpool.pool;

/**
 * How often tenants are used: the number of their requests, of which each counts half as much after
 * a certain number of requests to the server (an exponentially decayed count). It is kept as the
 * logarithm that it would have had at the server's first request, so that time changes no figure,
 * and so not the order of two tenants either: only a request of its own moves a tenant.
 */
public final class UseFrequency {

  /** Before the first request. */
  public static final double NEVER = Double.NEGATIVE_INFINITY;

  /** A count is halved after so many requests for each connection of the budget. */
  private static final int HALF_LIFE_FOR_EACH = 50;

  /** Requests in which a count falls to the e-th part. */
  private final double memory;

  UseFrequency(double halfLife) {
    memory = halfLife / Math.log(2);
  }

  /** As {@code tenantpool.eviction-order=frequency} has it on a server with that budget. */
  public static UseFrequency under(int budget) {
    return new UseFrequency((double) HALF_LIFE_FOR_EACH * budget);
  }

  /** The figure of a tenant that is used once more, with the server's so-manieth request. */
  public double used(double before, long number) {
    double now = number / memory;
    return now + Math.log1p(Math.exp(before - now));
  }

  /** Another half-life from now on: what a figure becomes, so that counts stay what they are. */
  double carriedOver(double before, long number, UseFrequency to) {
    return before - number / memory + number / to.memory;
  }
}
