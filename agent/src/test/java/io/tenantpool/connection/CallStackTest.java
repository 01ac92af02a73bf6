package io.tenantpool.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.acme.OrderDao;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stack tells where the application borrowed, without the agent's own frames before that. */
class CallStackTest {

  @Test
  void itBeginsWithTheApplicationAndKnowsItsPlace() throws Exception {
    CallStack[] taken = new CallStack[1];
    OrderDao.run(() -> taken[0] = CallStack.here());
    List<StackTraceElement> elements = taken[0].elements();
    assertEquals("com.acme.OrderDao", elements.get(0).getClassName());
    assertNull(elements.get(0).getClassLoaderName());
    StackTraceElement site = taken[0].site();
    assertNotNull(site);
    assertEquals("com.acme.OrderDao.run", site.getClassName() + "." + site.getMethodName());
  }

  @Test
  void withoutTheApplicationThereIsALibraryOrNothing() throws InterruptedException {
    CallStack[] taken = new CallStack[1];
    Thread thread = new Thread(() -> taken[0] = CallStack.here());
    thread.start();
    thread.join();
    assertFalse(taken[0].elements().toString().contains("io.tenantpool"));
    assertNull(taken[0].site());
  }
}
