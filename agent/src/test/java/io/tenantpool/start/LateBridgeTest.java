package io.tenantpool.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tenantpool.bootstrap.BridgeHolder;
import io.tenantpool.bootstrap.ConnectionBridge;
import io.tenantpool.interception.Installer;
import io.tenantpool.upkeep.FaultKind;
import io.tenantpool.upkeep.Faults;
import io.tenantpool.upkeep.Upkeep;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateBridgeTest {

  private static final String ANSWER = "a connection";

  private final Faults faults = new Faults(System.err);
  private final CountDownLatch assembled = new CountDownLatch(1);
  private final CountDownLatch observed = new CountDownLatch(1);
  private final ConnectionBridge door =
      (ConnectionBridge)
          Proxy.newProxyInstance(
              ConnectionBridge.class.getClassLoader(),
              new Class<?>[] {ConnectionBridge.class},
              (proxy, method, args) -> method.getName().equals("connect") ? ANSWER : null);

  @AfterEach
  void leaveNoBridgeBehind() {
    BridgeHolder.set(null);
  }

  private LateBridge bridge() {
    LateBridge bridge =
        new LateBridge(
            (creations, sightings) -> {
              assembled.countDown();
              return agent();
            },
            Upkeep.threads(faults));
    BridgeHolder.set(bridge);
    bridge.startAssembling();
    return bridge;
  }

  @Test
  void theFirstConnectionFindsTheAgentAndLeavesItAtTheDoor() throws Throwable {
    LateBridge bridge = bridge();
    assertEquals(ANSWER, bridge.connect(this, "jdbc:some:url", null));
    assertSame(door, BridgeHolder.get());
    await(observed);
  }

  @Test
  void whoExpectsAConnectionHasTheAgentAssembledBeforeItIsAskedFor() throws Throwable {
    LateBridge bridge = bridge();
    bridge.expectConnection();
    await(assembled);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (starter().getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertSame(bridge, BridgeHolder.get(), "nobody would see the first connection");
    assertEquals(ANSWER, bridge.connect(this, "jdbc:some:url", null));
    assertSame(door, BridgeHolder.get());
    await(observed);
  }

  @Test
  void aDriverThatCannotBeInstrumentedHasTheAgentAssembledAndObserving() throws Exception {
    LateBridge bridge = bridge();
    new Installer(List.of(), () -> {}, loader -> {}, bridge.sightings(), faults)
        .transform(
            new ClassLoader("bundle", ClassLoader.getPlatformClassLoader()) {},
            "org/postgresql/Driver",
            null,
            null,
            driverClass());
    await(assembled);
    await(observed);
  }

  private static byte[] driverClass() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(org.postgresql.Driver.class.getResourceAsStream("Driver.class"))) {
      return in.readAllBytes();
    }
  }

  @Test
  void withoutAnAgentTheDriverGoesOn() throws Throwable {
    LateBridge bridge =
        new LateBridge(
            (creations, sightings) -> {
              throw new IllegalStateException("broken on purpose");
            },
            Upkeep.threads(faults));
    BridgeHolder.set(bridge);
    bridge.startAssembling();
    assertNull(bridge.connect(this, "jdbc:some:url", null));
    assertSame(bridge, BridgeHolder.get());
  }

  @Test
  void anAssemblyThatFailsIsTriedAgain() throws Throwable {
    AtomicInteger failures = new AtomicInteger(2);
    LateBridge bridge =
        new LateBridge(
            (creations, sightings) -> {
              if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("on purpose");
              }
              return agent();
            },
            Upkeep.threads(faults));
    BridgeHolder.set(bridge);
    bridge.startAssembling();
    assertNull(bridge.connect(this, "jdbc:some:url", null), "the driver opens it");
    await(observed);
    assertEquals(ANSWER, bridge.connect(this, "jdbc:some:url", null));
    assertSame(door, BridgeHolder.get());
    assertEquals(2, faults.count(FaultKind.START));
  }

  private LateBridge.Agent agent() {
    return new LateBridge.Agent() {
      @Override
      public ConnectionBridge door() {
        return door;
      }

      @Override
      public void observe() {
        observed.countDown();
      }
    };
  }

  /** The newest thread of that name: others may be left by the tests before. */
  private static Thread starter() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tenant-pool-start"))
        .max(Comparator.comparingLong(Thread::getId))
        .orElseThrow();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(20, TimeUnit.SECONDS));
  }
}
