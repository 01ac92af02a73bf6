package io.tenantpool.pool;

import io.tenantpool.routing.Account;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the logins of each account of one server, for as long as a session or an
 * application pool holds it: one object for each account, whoever asks. A dormant tenant without an
 * application pool leaves nothing here. Not thread-safe: the server's lock guards it.
 */
final class Accounts {

  private static final class Entry extends WeakReference<ProvenLogins> {
    private final Account account;

    Entry(ProvenLogins logins, ReferenceQueue<ProvenLogins> gone) {
      super(logins, gone);
      account = logins.account();
    }
  }

  private final Map<Account, Entry> entries = new HashMap<>();
  private final ReferenceQueue<ProvenLogins> gone = new ReferenceQueue<>();

  /** What is known of {@code account}; nothing yet when it is new. */
  ProvenLogins of(Account account) {
    ProvenLogins known = find(account);
    if (known == null) {
      tidyUp();
      known = new ProvenLogins(account);
      entries.put(account, new Entry(known, gone));
    }
    return known;
  }

  /** Null when nothing is known. */
  @Nullable ProvenLogins find(Account account) {
    Entry entry = entries.get(account);
    return entry == null ? null : entry.get();
  }

  /** Forgets what nobody holds any more. */
  void tidyUp() {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      Entry entry = (Entry) dead;
      entries.remove(entry.account, entry);
    }
  }

  int size() {
    return entries.size();
  }
}
