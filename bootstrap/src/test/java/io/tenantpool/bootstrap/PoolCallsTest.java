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

class PoolCallsTest {

  private final List<String> calls = new ArrayList<>();

  @AfterEach
  void leaveNoBridgeBehind() {
    BridgeHolder.set(null);
  }

  @Test
  void theAgentHearsOfEveryCallButOfNoConnectionThatIsNone() {
    BridgeHolder.set(new Bridge());
    callAll("connection");
    PoolCalls.lent(null);
    PoolCalls.returned(null);
    PoolCalls.worksLater(null);
    PoolCalls.used(null);
    PoolCalls.returnedUnlessWork(null);
    assertNull(PoolCalls.unwrapped(null));
    assertEquals("session", PoolCalls.unwrapped("connection"));
    assertEquals(
        List.of(
            "creating pool library",
            "created",
            "setting up connection",
            "setting up null",
            "created",
            "lent connection",
            "returned connection",
            "works later connection",
            "used connection",
            "returned unless work connection",
            "unwrapped connection"),
        calls);
  }

  @Test
  void withoutAnAgentNothingHappens() {
    callAll("connection");
    assertEquals("connection", PoolCalls.unwrapped("connection"));
    assertTrue(calls.isEmpty());
  }

  private static void callAll(String connection) {
    PoolCalls.creating("pool", "library");
    PoolCalls.created();
    PoolCalls.settingUp(connection);
    PoolCalls.settingUp(null);
    PoolCalls.created();
    PoolCalls.lent(connection);
    PoolCalls.returned(connection);
    PoolCalls.worksLater(connection);
    PoolCalls.used(connection);
    PoolCalls.returnedUnlessWork(connection);
  }

  private final class Bridge implements ConnectionBridge {
    @Override
    public Object connect(Object driver, String url, Properties info) {
      return null;
    }

    @Override
    public void opened(Object driver, String url, Properties info, Object connection) {}

    @Override
    public void socketMade(Socket socket) {}

    @Override
    public SecretKey loginKey(SecretKeyFactory factory, KeySpec password) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void creating(Object pool, String library) {
      calls.add("creating " + pool + " " + library);
    }

    @Override
    public void settingUp(Object connection) {
      calls.add("setting up " + connection);
    }

    @Override
    public void created() {
      calls.add("created");
    }

    @Override
    public void lent(Object connection) {
      calls.add("lent " + connection);
    }

    @Override
    public void returned(Object connection) {
      calls.add("returned " + connection);
    }

    @Override
    public void worksLater(Object connection) {
      calls.add("works later " + connection);
    }

    @Override
    public void used(Object connection) {
      calls.add("used " + connection);
    }

    @Override
    public Object unwrapped(Object connection) {
      calls.add("unwrapped " + connection);
      return "session";
    }

    @Override
    public void returnedUnlessWork(Object connection) {
      calls.add("returned unless work " + connection);
    }
  }
}
