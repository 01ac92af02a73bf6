package io.tenantpool.benchmarks.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The weight of the n-th tenant is 1 / n^exponent. */
final class Zipf implements TenantChoice {

  private final double[] cumulatedWeights;

  Zipf(int tenants, double exponent) {
    cumulatedWeights = new double[tenants];
    double sum = 0;
    for (int i = 0; i < tenants; i++) {
      sum += Math.pow(i + 1.0, -exponent);
      cumulatedWeights[i] = sum;
    }
  }

  @Override
  public int next(RandomGenerator random, double second) {
    double weight = random.nextDouble() * cumulatedWeights[cumulatedWeights.length - 1];
    int found = Arrays.binarySearch(cumulatedWeights, weight);
    return found < 0 ? -found - 1 : found;
  }
}
