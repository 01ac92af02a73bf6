package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  private final Profiles profiles = new Profiles();

  private static Profile profile(Object poolKey) {
    return new Profile(poolKey, Object.class, new JdbcState(), new Reachability(), true);
  }

  @Test
  void aProfileIsThereForAsLongAsSomebodyHasIt() {
    Profile kept = profile("kept");
    profiles.put(kept);
    profiles.put(profile("dropped"));
    assertNull(profiles.find("nobody"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (profiles.find("dropped") != null || profiles.size() > 1) {
            System.gc();
            profiles.put(kept);
          }
        });
    assertSame(kept, profiles.find("kept"));
    assertEquals(1, profiles.size());
    Reference.reachabilityFence(kept);
  }

  /** The key has the password of an application pool that may never come again. */
  @Test
  void aKeyGoesWithItsProfileThoughNobodyComesAfterwards() {
    WeakReference<Object> key = putAndForget();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (key.get() != null) {
            System.gc();
          }
        });
  }

  private WeakReference<Object> putAndForget() {
    Object key = new Object();
    profiles.put(profile(key));
    return new WeakReference<>(key);
  }

  @Test
  void theProfileThatCameLastIsFoundWhenTheOneBeforeHasGone() {
    Profile last = putTwice();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          WeakReference<Object> canary = new WeakReference<>(new Object());
          while (canary.get() != null) {
            System.gc();
          }
        });
    assertSame(last, profiles.find(List.of("equal")));
    Reference.reachabilityFence(last);
  }

  private Profile putTwice() {
    profiles.put(profile(List.of("equal")));
    Profile last = profile(List.of("equal"));
    profiles.put(last);
    return last;
  }
}
