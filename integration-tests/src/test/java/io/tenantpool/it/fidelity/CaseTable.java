package io.tenantpool.it.fidelity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cases by name, in the order in which they run. */
final class CaseTable {

  /** Adds cases of one kind. */
  @FunctionalInterface
  interface Cases {
    void addTo(CaseTable table);
  }

  private final Map<String, FidelityCase> cases = new LinkedHashMap<>();

  /** The whole table: a new kind of cases is one class and one line here. */
  static CaseTable all() {
    CaseTable table = new CaseTable();
    for (Cases each :
        List.<Cases>of(
            new BasicCases(),
            new StatementCases(),
            new PreparedStatementCases(),
            new CallableCases(),
            new BatchCases(),
            new GeneratedKeyCases(),
            new ResultSetCases(),
            new TransactionCases(),
            new SettingCases(),
            new TypeCases(),
            new IdentityCases(),
            new ClosedConnectionCases(),
            new MetaDataCases(),
            new VendorCases(),
            new CopyCases(),
            new LargeObjectCases(),
            new NotificationCases(),
            new CancelCases(),
            new UnwrapCases(),
            new CastCases(),
            new AfterCloseCases(),
            new ClosedObjectCases(),
            new ErrorCases(),
            new ConnectCases(),
            new DataSourceCases(),
            new XaCases())) {
      each.addTo(table);
    }
    return table;
  }

  CaseTable add(String name, FidelityCase what) {
    if (cases.put(name, what) != null) {
      throw new IllegalArgumentException("two cases are called " + name);
    }
    return this;
  }

  Map<String, FidelityCase> cases() {
    return cases;
  }
}
