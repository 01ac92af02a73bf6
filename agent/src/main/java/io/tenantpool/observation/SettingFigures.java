package io.tenantpool.observation;

import io.tenantpool.config.Setting;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeDataView;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;

/** One row of the table of settings. */
public final class SettingFigures implements CompositeDataView {

  private final Setting setting;

  SettingFigures(Setting setting) {
    this.setting = setting;
  }

  @Description("The property, such as tenantpool.max-connections")
  public String getName() {
    return setting.key().property();
  }

  @Description("The value in force; *** for a secret")
  public String getValue() {
    return setting.text();
  }

  @Description("Where the value comes from")
  public String getSource() {
    return setting.source().label();
  }

  @Description("The value without a setting")
  public String getDefaultValue() {
    return setting.key().defaultText();
  }

  @Description("Which values there are")
  public String getAllowed() {
    return setting.key().type().allowed();
  }

  @Description("Whether changeSetting can change it")
  public boolean isChangeable() {
    return setting.key().isChangeable();
  }

  @Override
  public CompositeData toCompositeData(CompositeType plain) {
    Map<String, Object> items =
        Map.of(
            "name", getName(),
            "value", getValue(),
            "source", getSource(),
            "defaultValue", getDefaultValue(),
            "allowed", getAllowed(),
            "changeable", isChangeable());
    try {
      return new CompositeDataSupport(DescribedRow.type(SettingFigures.class, plain), items);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
