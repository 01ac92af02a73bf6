package io.tenantpool.interception;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to add to one method of one class, with everything known that the class file has to say.
 *
 * @param method name and descriptor of the method
 * @param event what the call tells
 * @param atEntry whether the call stands at the method's entry, else at each of its returns; a
 *     creation always has both
 * @param path the way to what is told
 * @param condition what must lead to something for the call to be made; null when nothing must
 * @param library what a creation says
 */
record Hook(
    String method,
    Boundary.Event event,
    boolean atEntry,
    Path path,
    @Nullable Path condition,
    String library) {

  /**
   * @param start where it starts
   * @param slot the local variable of the argument, if it starts at one
   * @param type internal name of what it starts at
   * @param links what leads on from there
   */
  record Path(Value.Start start, int slot, String type, List<Link> links) {}

  /**
   * A field to read or a method without arguments to call.
   *
   * @param opcode the instruction
   * @param owner internal name of the type that has it
   * @param ifInstance whether it is passed over by what is no {@code owner}
   */
  record Link(int opcode, String owner, String name, String descriptor, boolean ifInstance) {}
}
