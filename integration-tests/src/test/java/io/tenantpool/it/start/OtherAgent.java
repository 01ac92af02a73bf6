package io.tenantpool.it.start;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** A second agent, which sees the same driver and rewrites it to what it was. */
public final class OtherAgent {

  private OtherAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte @Nullable [] transform(
              @Nullable ClassLoader loader,
              String className,
              @Nullable Class<?> redefined,
              @Nullable ProtectionDomain domain,
              byte[] classFile) {
            if (!"org/postgresql/Driver".equals(className)) {
              return null;
            }
            System.out.println("other agent saw the driver");
            return classFile.clone();
          }
        },
        true);
  }
}
