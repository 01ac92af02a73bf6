package io.tenantpool.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverCallsTest {

  private final List<Object> opened = new ArrayList<>();

  @AfterEach
  void leaveNoBridgeBehind() {
    BridgeHolder.set(null);
  }

  @Test
  void withoutAnAgentTheDriverGoesOn() throws Throwable {
    assertNull(DriverCalls.connect(this, "url", null));
    DriverCalls.opened("connection", this, "url", null);
    assertTrue(opened.isEmpty());
  }

  @Test
  void theAgentAnswersAndIsToldOfWhatItDidNotOpen() throws Throwable {
    BridgeHolder.set(new Bridge());
    assertEquals("pooled", DriverCalls.connect(this, "url", null));
    DriverCalls.opened("connection", this, "url", null);
    DriverCalls.opened(null, this, "url", null);
    assertEquals(List.of("connection"), opened);
  }

  @Test
  void aThreadThatOpensForTheAgentIsNotRedirectedHoweverDeepItsOpeningsNest() throws Throwable {
    BridgeHolder.set(new Bridge());
    boolean outer = PhysicalOpening.begin();
    boolean inner = PhysicalOpening.begin();
    PhysicalOpening.end(inner);
    assertNull(DriverCalls.connect(this, "url", null));
    DriverCalls.opened("connection", this, "url", null);
    assertTrue(opened.isEmpty());
    PhysicalOpening.end(outer);
    assertEquals("pooled", DriverCalls.connect(this, "url", null));
  }

  private final class Bridge implements ConnectionBridge {
    @Override
    public Object connect(Object driver, String url, Properties info) {
      return "pooled";
    }

    @Override
    public void opened(Object driver, String url, Properties info, Object connection) {
      opened.add(connection);
    }

    @Override
    public void socketMade(Socket socket) {}

    @Override
    public SecretKey loginKey(SecretKeyFactory factory, KeySpec password) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void creating(Object pool, String library) {}

    @Override
    public void settingUp(Object connection) {}

    @Override
    public void created() {}

    @Override
    public void lent(Object connection) {}

    @Override
    public void returned(Object connection) {}

    @Override
    public void worksLater(Object connection) {}

    @Override
    public void used(Object connection) {}

    @Override
    public Object unwrapped(Object connection) {
      return connection;
    }

    @Override
    public void returnedUnlessWork(Object connection) {}
  }
}
