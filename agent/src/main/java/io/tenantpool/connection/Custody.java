package io.tenantpool.connection;

/**
 * Where whoever owns something of a server says that it is nobody's any more, when it could not
 * give it up itself: no stack was left for the call, or no memory. Saying so is a write of a field,
 * which cannot fail; the housekeeper looks here in each round and gives up what was left.
 */
public final class Custody {

  /** Whether anything was left since the housekeeper looked last. Written after what was left. */
  public volatile boolean isLeft;
}
