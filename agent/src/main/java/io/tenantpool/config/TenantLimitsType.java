package io.tenantpool.config;

/** {@link TenantLimits}. */
record TenantLimitsType() implements SettingType {

  @Override
  public Object parse(String text) {
    return TenantLimits.parse(text);
  }

  @Override
  public String allowed() {
    return "limits of tenants such as acme<=10, trial-*<=1, gold-*>=4, big*weight=3, or none";
  }
}
