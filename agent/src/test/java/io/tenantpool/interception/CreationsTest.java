package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CreationsTest {

  private final Creations creations = new Creations();
  private final Connection connection = StubDriver.connection();

  @Test
  void whatIsOpenedInACreationIsSetUpWhenThatIsLeft() {
    creations.enter("pool", "library");
    current().add(connection);
    assertEquals(List.of(connection), creations.leave());
    assertNull(creations.current());
  }

  @Test
  void withinTheSamePoolTheOuterCreationGoesOnSettingUp() {
    creations.enter("pool", "library");
    creations.enter("pool", "library");
    current().add(connection);
    assertEquals(List.of(), creations.leave());
    assertEquals(true, current().isSettingUp(connection));
    assertEquals(List.of(connection), creations.leave());
  }

  @Test
  void aPoolOnTopOfAnotherDoesNotSetUpItsConnections() {
    creations.enter("outer", "library");
    creations.enter("inner", "library");
    current().add(connection);
    assertEquals(List.of(connection), creations.leave());
    assertEquals("outer", current().pool());
    assertEquals(List.of(), creations.leave());
  }

  @Test
  void leavingWhatWasNeverEnteredIsNothing() {
    assertEquals(List.of(), creations.leave());
    assertNull(creations.current());
  }

  @Test
  void anotherThreadIsInNoCreation() throws InterruptedException {
    creations.enter("pool", "library");
    Thread other = new Thread(() -> creations.enter("other", "library"));
    other.start();
    other.join();
    assertEquals("pool", current().pool());
  }

  @Test
  void nothingOfThePoolStaysWithTheThread() {
    WeakReference<Object> pool = enterAndLeave();
    for (int i = 0; i < 1000 && pool.get() != null; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(pool.get());
  }

  private WeakReference<Object> enterAndLeave() {
    Object pool = new byte[1024];
    creations.enter(pool, "library");
    assertNotNull(creations.current());
    creations.leave();
    return new WeakReference<>(pool);
  }

  private Creation current() {
    return Objects.requireNonNull(creations.current());
  }
}
