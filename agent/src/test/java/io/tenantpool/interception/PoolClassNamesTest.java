package io.tenantpool.interception;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolClassNamesTest {

  private final PoolClassNames names = PoolClassNames.ofLibrariesAnd(List.of("com.acme.Pool$Own"));

  @Test
  void everyClassOfALibraryIsFoundInWhateverPackage() {
    for (PoolLibrary library : PoolLibrary.ALL) {
      for (Boundary boundary : library.boundaries()) {
        assertTrue(names.accepts("com/acme/shaded/" + boundary.type()), boundary.type());
      }
    }
    assertTrue(names.accepts("com/acme/Pool$Own"));
  }

  @Test
  void otherClassesAreNot() {
    for (String other :
        List.of("", "/", "java/lang/String", "PoolBas", "a/PoolBase2", "PoolBase/a", "Own")) {
      assertFalse(names.accepts(other), other);
    }
  }

  @Test
  void anEndCountsInWholePartsOfTheName() {
    assertTrue(PoolClassNames.endsWith("com/zaxxer/hikari/pool/PoolBase", "hikari/pool/PoolBase"));
    assertTrue(PoolClassNames.endsWith("hikari/pool/PoolBase", "hikari/pool/PoolBase"));
    assertFalse(PoolClassNames.endsWith("com/myhikari/pool/PoolBase", "hikari/pool/PoolBase"));
    assertFalse(PoolClassNames.endsWith("pool/PoolBase", "hikari/pool/PoolBase"));
  }
}
