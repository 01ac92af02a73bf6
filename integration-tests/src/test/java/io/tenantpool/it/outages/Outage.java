package io.tenantpool.it.outages;

import io.tenantpool.it.support.FaultProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** The rows of the table: what befalls the server or the network before it. */
enum Outage {
  SERVER_AWAY((proxy, tenant) -> proxy.whenTheServerIsAway(), Trait.MAY_WAIT),
  SERVER_STARTS_UP((proxy, tenant) -> proxy.whenTheServerStartsUp(), Trait.MAY_WAIT),
  SERVER_FULL((proxy, tenant) -> proxy.whenTheServerIsFull(), Trait.MAY_WAIT),
  CONNECTIONS_CUT((proxy, tenant) -> proxy.whenConnectionsAreCut()),
  CONNECTS_DROPPED((proxy, tenant) -> proxy.whenConnectsAreDropped()),
  CONNECTS_RESET((proxy, tenant) -> proxy.whenItResetsWhoeverConnects(), Trait.MAY_WAIT),
  CONNECTS_CLOSED((proxy, tenant) -> proxy.whenItClosesWhoeverConnects(), Trait.MAY_WAIT),
  SILENT_WHEN_ASKED_TO_CONNECT((proxy, tenant) -> proxy.whenItAcceptsAndIsSilent()),
  SILENT_IN_THE_MIDDLE_OF_A_LOGIN((proxy, tenant) -> proxy.whenItIsSilentInTheMiddleOfALogin()),
  NETWORK_SWALLOWS_EVERYTHING((proxy, tenant) -> proxy.whenTheNetworkSwallowsEverything()),
  NETWORK_STANDS_STILL((proxy, tenant) -> proxy.whenTheNetworkStandsStill()),
  CONNECTIONS_FORGOTTEN((proxy, tenant) -> proxy.whenItForgetsItsConnections()),
  HALF_CLOSED((proxy, tenant) -> proxy.whenItClosesItsHalf(), Trait.MAY_WAIT),
  ANSWERS_CUT((proxy, tenant) -> proxy.whenItsAnswersAreCut(), Trait.MAY_WAIT),
  ANSWERS_BYTE_BY_BYTE((proxy, tenant) -> proxy.whenItAnswersOneByteAtATime(), Trait.HARMLESS),
  ANSWERS_LATE((proxy, tenant) -> proxy.whenItAnswersLate(Duration.ofMillis(50)), Trait.HARMLESS),
  ONE_TENANT_IS_SILENT(FaultProxy::whenItAcceptsAndIsSilent, Trait.ONE_TENANT),
  ONE_TENANT_IS_SWALLOWED(FaultProxy::whenTheNetworkSwallowsEverything, Trait.ONE_TENANT),
  ONE_TENANT_IS_REFUSED(FaultProxy::whenItResetsWhoeverConnects, Trait.ONE_TENANT, Trait.MAY_WAIT);

  private final BiConsumer<FaultProxy, String> sentence;
  private final List<Trait> traits;

  /** What sets a row apart. */
  private enum Trait {
    /** A refusal that time can mend: whoever waits for it within its deadline does better. */
    MAY_WAIT,
    /** Nobody has to fail. */
    HARMLESS,
    /** The second tenant is to notice nothing. */
    ONE_TENANT
  }

  Outage(BiConsumer<FaultProxy, String> sentence, Trait... traits) {
    this.sentence = sentence;
    this.traits = Arrays.asList(traits);
  }

  /** Begins; where it is about one tenant alone, about this one. */
  void begin(FaultProxy proxy, String tenant) {
    sentence.accept(proxy, tenant);
  }

  /** Whether a call that takes longer than without the agent, yet ends in time, may be right. */
  boolean mayWait() {
    return traits.contains(Trait.MAY_WAIT);
  }

  boolean isHarmless() {
    return traits.contains(Trait.HARMLESS);
  }

  boolean isAboutOneTenant() {
    return traits.contains(Trait.ONE_TENANT);
  }
}
