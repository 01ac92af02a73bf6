package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.routing.PoolKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The passwords of the accounts of a {@link LedgerModel}: which are valid, which the server has
 * accepted, and what follows for who may have a session without a login. Each new one is one that
 * never was before.
 */
final class ModelPasswords {

  private final SplittableRandom random;
  private final Map<String, Integer> current = new HashMap<>();
  private final Set<PoolKey> accepted = new HashSet<>();

  /** Passwords that are not valid any more, and whether the server has accepted a newer one. */
  private final Map<PoolKey, Boolean> expired = new HashMap<>();

  int served;

  ModelPasswords(SplittableRandom random) {
    this.random = random;
  }

  /** What somebody presents: mostly the right one, else the one before or one that never was. */
  String pick(String account) {
    int number = current.computeIfAbsent(account, name -> 1);
    return switch (random.nextInt(8)) {
      case 0 -> "wrong";
      case 1, 2 -> "p" + (number - 1);
      default -> "p" + number;
    };
  }

  /** The account has another password from now on; {@code before} is its key of the old one. */
  void rotate(String account, PoolKey before) {
    current.merge(account, 1, Integer::sum);
    expired.putIfAbsent(before, false);
  }

  String current(String account) {
    return "p" + current.computeIfAbsent(account, name -> 1);
  }

  boolean isValid(String account, String password) {
    return password.equals(current(account));
  }

  /** A login that has begun while the password was valid. */
  void accepted(PoolKey key) {
    if (accepted.add(key)) {
      expired.replaceAll(
          (old, newer) -> newer || (!old.equals(key) && old.account().equals(key.account())));
    }
  }

  /** A session is handed out without a login. */
  void assertMayHave(PoolKey key) {
    served++;
    assertTrue(accepted.contains(key), "a session for a password that was never accepted");
    assertFalse(expired.getOrDefault(key, false), "a session for a password of the past");
  }
}
