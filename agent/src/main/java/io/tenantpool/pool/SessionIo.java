package io.tenantpool.pool;

import io.tenantpool.connection.OutdatedSessionException;
import io.tenantpool.connection.PhysicalConnection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the session of a slot, without a lock, by the thread that owns the slot. Whatever
 * a driver throws ends here: the caller has a permit to take care of.
 */
final class SessionIo {

  /** No time at all: a reset failed. */
  static final long FAILED = Long.MIN_VALUE;

  /** No time either: what a login gives has changed, so that only a new session has it. */
  static final long OUTDATED = Long.MIN_VALUE + 1;

  private final String server;
  private final Duration validationTimeout;
  private final Ticker ticker;
  private final Herald herald;
  private final Deadlines deadlines;

  SessionIo(
      String server,
      Duration validationTimeout,
      Ticker ticker,
      Herald herald,
      Deadlines deadlines) {
    this.server = server;
    this.deadlines = deadlines;
    this.validationTimeout = validationTimeout;
    this.ticker = ticker;
    this.herald = herald;
  }

  /**
   * Makes the session of a slot that the calling thread owns as clean as new.
   *
   * @param start the time now
   * @return the time then, or {@link #OUTDATED}, or {@link #FAILED}; nothing is told of one that
   *     was not even tried, because it could not clean what was done to the driver's object
   */
  long reset(Slot slot, long start) {
    if (slot.physical().isChangedForGood()) {
      return FAILED;
    }
    ConnectionWatch.Work watched = herald.watch().resetting();
    boolean successful = false;
    try {
      slot.physical().reset();
      successful = true;
    } catch (OutdatedSessionException e) {
      return OUTDATED;
    } catch (SQLException | RuntimeException e) {
      herald.tell(told -> told.resetFailed(server, slot.tenant().name(), slot.id(), e));
      return FAILED;
    } catch (Throwable e) {
      herald.complain("a reset failed; its connection is closed", e);
      return FAILED;
    } finally {
      if (watched != null) {
        watched.ended(label(slot), successful);
      }
    }
    long end = ticker.nanos();
    herald.tell(told -> told.reset(server, slot.tenant().name(), slot.id(), end - start));
    return end;
  }

  /** The same for a borrower, which has no more time than that. */
  long reset(Slot slot, long start, BorrowBound bound) {
    Aborting question =
        watched(slot.physical(), bound.deadlineOfQuestion(start, Retirement.LONGEST_RESET_NANOS));
    boolean inTime = false;
    long end;
    try {
      end = reset(slot, start);
      inTime = question.inTime();
    } finally {
      deadlines.forget(question);
    }
    return inTime ? end : FAILED;
  }

  private Aborting watched(PhysicalConnection physical, long deadline) {
    Aborting question = new Aborting(this, physical, deadline);
    deadlines.watch(question);
    return question;
  }

  /** What a {@link #reset} that answered so means for its connection; null when it is clean. */
  static @Nullable EvictionCause unfit(long answer) {
    if (answer == OUTDATED) {
      return EvictionCause.OUTDATED;
    }
    return answer == FAILED ? EvictionCause.RESET : null;
  }

  /** Ends a connection under the thread that is inside. */
  void abort(PhysicalConnection physical) {
    try {
      physical.abort();
    } catch (Throwable e) {
      herald.complain("a connection could not be aborted", e);
    } finally {
      tellFault(physical);
    }
  }

  /** Whatever a driver throws that it does not declare is told, though it changes nothing. */
  private void tellFault(PhysicalConnection physical) {
    Throwable fault = physical.takeFault();
    if (fault != null) {
      herald.complain("a driver threw what it does not declare; its connection is closed", fault);
    }
  }

  /** Asks for a sign of life on behalf of the thread that owns the slot. */
  boolean isValid(Slot slot, BorrowBound bound) {
    long now = ticker.nanos();
    long deadline = bound.deadlineOfQuestion(now, validationTimeout.toNanos());
    Aborting question = watched(slot.physical(), deadline);
    try {
      // A driver counts in whole seconds.
      return slot.physical().isValid(Duration.ofNanos(deadline - now)) && question.inTime();
    } catch (Throwable e) {
      herald.complain("a validation failed; its connection is closed", e);
      return false;
    } finally {
      deadlines.forget(question);
      tellFault(slot.physical());
    }
  }

  /** The same as {@link #close(Slot)}, by a deadline: whatever the driver has to say to the end. */
  void close(Slot slot, long deadline) {
    Aborting question = watched(slot.physical(), deadline);
    try {
      close(slot);
    } finally {
      deadlines.forget(question);
    }
  }

  /** A close that fails has nevertheless ended the connection: nobody would try a second time. */
  void close(Slot slot) {
    close(slot.physical());
  }

  /** The same for a connection that is nobody's yet. */
  void close(PhysicalConnection physical) {
    try {
      physical.close();
    } catch (Throwable e) {
      herald.complain("a close failed; the connection counts as closed", e);
    } finally {
      tellFault(physical);
    }
  }

  void tellClosed(Slot slot) {
    EvictionCause cause = slot.fate();
    if (cause != null) {
      long age = ticker.nanos() - slot.openedAt();
      herald.tell(told -> told.closed(server, slot.tenant().name(), slot.id(), cause, age));
      herald.watch().closed(label(slot), cause, age);
    }
  }

  ConnectionLabel label(Slot slot) {
    return new ConnectionLabel(server, slot.tenant().name(), slot.key().user(), slot.id());
  }
}
