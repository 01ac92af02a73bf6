package io.tenantpool.pool;

/**
 * What one tenant may have of a server's connections.
 *
 * @param minimum below that many it comes before all who have theirs
 * @param share what it is sure of: below that many it may have a permit, or an idle connection of
 *     another tenant, in its turn; above it what nobody else wants
 * @param cap what it never exceeds, but for the {@link Exemption}
 * @param weight how much of what is above the shares it gets beside others
 * @param isElastic whether more than its share is a matter of what others want
 */
record TenantShare(int minimum, int share, int cap, int weight, boolean isElastic) {

  TenantShare {
    if (minimum < 0 || share < minimum || cap < share || share < 1 || weight < 1) {
      throw new IllegalArgumentException(
          "0 <= minimum <= share <= cap, share >= 1, weight >= 1: "
              + minimum
              + ", "
              + share
              + ", "
              + cap
              + ", "
              + weight);
    }
  }

  /** As many as that and no more, as any other tenant. */
  static TenantShare hard(int cap) {
    return new TenantShare(0, cap, cap, 1, false);
  }

  /** The same with another cap, below which everything else stays. */
  TenantShare cappedAt(int most) {
    return new TenantShare(Math.min(minimum, most), Math.min(share, most), most, weight, isElastic);
  }
}
