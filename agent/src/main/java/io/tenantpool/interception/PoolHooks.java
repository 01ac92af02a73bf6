package io.tenantpool.interception;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.MethodVisitor;

/** The hooks of one class of a pool, by method. */
final class PoolHooks implements MethodChange {

  private final Map<String, List<Hook>> byMethod = new HashMap<>();

  PoolHooks(List<Hook> hooks) {
    for (Hook hook : hooks) {
      byMethod.computeIfAbsent(hook.method(), method -> new ArrayList<>()).add(hook);
    }
  }

  @Override
  public boolean instruments(int access, String name, String descriptor) {
    return byMethod.containsKey(name + descriptor);
  }

  @Override
  public MethodVisitor instrument(MethodVisitor next, MethodShape method) {
    return new PoolAdvice(next, method, byMethod.getOrDefault(method.name(), List.of()));
  }
}
