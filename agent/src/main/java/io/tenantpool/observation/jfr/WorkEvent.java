package io.tenantpool.observation.jfr;

import io.tenantpool.pool.ConnectionWatch.Work;

/** A piece of work on one physical connection that can fail. */
abstract class WorkEvent extends ConnectionEvent {

  /** Begins now; committed when the work is done. */
  final Work begun() {
    begin();
    return (label, successful) -> {
      end();
      if (shouldCommit()) {
        of(label);
        successful(successful);
        commit();
      }
    };
  }

  abstract void successful(boolean is);
}
