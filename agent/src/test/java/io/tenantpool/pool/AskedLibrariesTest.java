package io.tenantpool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tenantpool.connection.Origin;
import org.junit.jupiter.api.Test;

class AskedLibrariesTest {

  @Test
  void howeverManyKindsOfPoolsThereAreFewAreCountedByName() {
    AskedConnections asked = new AskedConnections();
    for (int i = 0; i < 100; i++) {
      asked.byPool(new Origin("library " + i));
      asked.byPool(new Origin("library 0"));
    }
    assertEquals(AskedConnections.MOST_LIBRARIES + 1, asked.ofPools().size());
    assertEquals(101, asked.ofPools().get("library 0"));
    assertEquals(
        100 - AskedConnections.MOST_LIBRARIES, asked.ofPools().get(AskedConnections.OTHERS));
    assertEquals(0, asked.ofApplication());
  }
}
