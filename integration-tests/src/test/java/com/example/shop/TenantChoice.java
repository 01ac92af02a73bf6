package com.example.shop;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses tenants as life does: a few are busy, most are not. The weight of the n-th tenant is 1/n
 * (Zipf's law with exponent 1).
 */
final class TenantChoice {

  private final List<Tenant> tenants;
  private final double[] cumulatedWeights;

  TenantChoice(List<Tenant> tenants) {
    this.tenants = List.copyOf(tenants);
    this.cumulatedWeights = new double[tenants.size()];
    double sum = 0;
    for (int i = 0; i < cumulatedWeights.length; i++) {
      sum += 1.0 / (i + 1);
      cumulatedWeights[i] = sum;
    }
  }

  Tenant next(RandomGenerator random) {
    double weight = random.nextDouble() * cumulatedWeights[cumulatedWeights.length - 1];
    int found = Arrays.binarySearch(cumulatedWeights, weight);
    return tenants.get(found < 0 ? -found - 1 : found);
  }
}
