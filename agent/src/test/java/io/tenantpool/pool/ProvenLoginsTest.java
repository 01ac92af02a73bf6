package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.routing.PoolKey;
import io.tenantpool.routing.TestRoutes;
import org.junit.jupiter.api.Test;

class ProvenLoginsTest {

  private final PoolKey first = key("first");
  private final PoolKey second = key("second");
  private final PoolKey third = key("third");
  private final ProvenLogins logins = new ProvenLogins(first.account());

  private static PoolKey key(String password) {
    return TestRoutes.route("a", "app", password).key();
  }

  private void login(PoolKey key) {
    logins.accepted(key, logins.doubts());
  }

  @Test
  void onlyWhatWasAcceptedIsProven() {
    assertFalse(logins.admits(first));
    login(first);
    assertTrue(logins.admits(key("first")));
    assertFalse(logins.admits(second));
  }

  @Test
  void aNewPasswordPutsTheOldOneInDoubt() {
    login(first);
    login(second);
    assertTrue(logins.admits(second));
    assertFalse(logins.admits(first));
  }

  @Test
  void twoTokensThatAreValidTogetherAreProvenSideBySide() {
    login(first);
    login(second);
    login(first);
    login(second);
    assertTrue(logins.admits(first));
    assertTrue(logins.admits(second));
    login(third);
    assertFalse(logins.admits(first));
    assertFalse(logins.admits(second));
    login(second);
    login(third);
    login(first);
    assertTrue(logins.admits(first));
    assertTrue(logins.admits(second));
    assertTrue(logins.admits(third));
  }

  @Test
  void aPasswordThatComesBackPutsTheOneBetweenInDoubt() {
    login(first);
    login(second);
    login(first);
    assertTrue(logins.admits(first));
    assertFalse(logins.admits(second));
  }

  @Test
  void aLoginThatBeganBeforeADoubtProvesNothing() {
    login(first);
    int before = logins.doubts();
    login(second);
    logins.accepted(third, before);
    assertFalse(logins.admits(third));
    assertFalse(logins.admits(second), "the third one is newer, perhaps");
    login(second);
    logins.accepted(first, before);
    assertFalse(logins.admits(first));
    assertTrue(logins.admits(second));
  }

  @Test
  void aLoginThatBeganBeforeTheFirstProofOfAnotherProvesNothing() {
    int before = logins.doubts();
    login(second);
    logins.accepted(first, before);
    assertFalse(logins.admits(first));
    assertFalse(logins.admits(second), "the first one is newer, perhaps");
  }

  @Test
  void whatIsRefusedIsForgotten() {
    login(first);
    login(second);
    logins.refused(second);
    assertFalse(logins.admits(second));
    login(first);
    assertTrue(logins.admits(first));
  }

  @Test
  void anOperatorHasEverybodyLogInAgain() {
    login(first);
    int before = logins.doubts();
    logins.doubtAll();
    assertFalse(logins.admits(first));
    logins.accepted(first, before);
    assertFalse(logins.admits(first), "began before");
    login(first);
    assertTrue(logins.admits(first));
  }

  @Test
  void thousandsOfTokensLeaveAFew() {
    login(first);
    for (int i = 0; i < 1000; i++) {
      login(key("token " + i));
    }
    assertTrue(logins.admits(key("token 999")));
    assertFalse(logins.admits(first));
    assertTrue(logins.toString().startsWith(ProvenLogins.MOST + " logins"), logins.toString());
    assertFalse(logins.toString().contains("token"));
  }
}
