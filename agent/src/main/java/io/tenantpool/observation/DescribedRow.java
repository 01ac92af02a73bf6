package io.tenantpool.observation;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenType;

/**
 * The open type of a row whose items are described by the {@link Description}s of its getters. JMX
 * itself would describe each item with its name.
 */
final class DescribedRow {

  private DescribedRow() {}

  /**
   * {@code plain} with descriptions; equal to it, since descriptions do not count in open types.
   */
  static CompositeType type(Class<?> row, CompositeType plain) throws OpenDataException {
    String[] names = plain.keySet().toArray(String[]::new);
    String[] descriptions = new String[names.length];
    OpenType<?>[] types = new OpenType<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      descriptions[i] = description(row, names[i], plain.getDescription(names[i]));
      types[i] = plain.getType(names[i]);
    }
    return new CompositeType(
        plain.getTypeName(), plain.getDescription(), names, descriptions, types);
  }

  /** The attribute with described rows; as it is when it has no rows. */
  static MBeanAttributeInfo attribute(Class<?> row, MBeanAttributeInfo attribute) {
    if (!(attribute instanceof OpenMBeanAttributeInfo open
        && open.getOpenType() instanceof ArrayType<?> array
        && array.getElementOpenType() instanceof CompositeType plain)) {
      return attribute;
    }
    Map<String, Object> fields = new HashMap<>();
    for (String name : attribute.getDescriptor().getFieldNames()) {
      fields.put(name, attribute.getDescriptor().getFieldValue(name));
    }
    try {
      ArrayType<?> described = new ArrayType<>(array.getDimension(), type(row, plain));
      fields.put("openType", described);
      return new OpenMBeanAttributeInfoSupport(
          attribute.getName(),
          attribute.getDescription(),
          described,
          attribute.isReadable(),
          attribute.isWritable(),
          attribute.isIs(),
          new ImmutableDescriptor(fields));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String description(Class<?> row, String item, String otherwise) {
    String property = item.substring(0, 1).toUpperCase(Locale.ROOT) + item.substring(1);
    for (Method method : row.getMethods()) {
      Description description = method.getAnnotation(Description.class);
      if (description != null
          && (method.getName().equals("get" + property)
              || method.getName().equals("is" + property))) {
        return description.value();
      }
    }
    return otherwise;
  }
}
