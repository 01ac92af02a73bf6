package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.Reference;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  private final Profiles profiles = new Profiles();

  private Profile profile() {
    return new Profile(Object.class, new JdbcState(), new Reachability(), true);
  }

  @Test
  void aProfileIsThereForAsLongAsSomebodyHasIt() {
    Profile kept = profile();
    profiles.put("kept", kept);
    profiles.put("dropped", profile());
    assertNull(profiles.find("nobody"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (profiles.find("dropped") != null || profiles.size() > 1) {
            System.gc();
            profiles.put("kept", kept);
          }
        });
    assertSame(kept, profiles.find("kept"));
    assertEquals(1, profiles.size());
    Reference.reachabilityFence(kept);
  }
}
