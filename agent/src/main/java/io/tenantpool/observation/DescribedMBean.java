package io.tenantpool.observation;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean whose descriptions come from the {@link Description}s of its interface. */
class DescribedMBean<T> extends StandardMBean {

  private record Kind(Class<?> bean, Class<?> view) {}

  /**
   * What is known of all MBeans of a kind alike. A server has one for each tenant, and to find out
   * takes as long as a connect.
   */
  private static final Map<Kind, MBeanInfo> INFOS = new ConcurrentHashMap<>();

  DescribedMBean(T view, Class<T> type) {
    super(view, type, true);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    Kind kind = new Kind(getClass(), getImplementationClass());
    return INFOS.computeIfAbsent(kind, any -> described(super.getMBeanInfo()));
  }

  /** With the descriptions of the items of rows, which JMX takes from nowhere. */
  private MBeanInfo described(MBeanInfo info) {
    MBeanAttributeInfo[] attributes = info.getAttributes();
    for (int i = 0; i < attributes.length; i++) {
      Method getter = method("get" + attributes[i].getName(), 0);
      if (getter != null && getter.getReturnType().isArray()) {
        attributes[i] =
            DescribedRow.attribute(getter.getReturnType().getComponentType(), attributes[i]);
      }
    }
    return new MBeanInfo(
        info.getClassName(),
        info.getDescription(),
        attributes,
        info.getConstructors(),
        info.getOperations(),
        notifications(),
        info.getDescriptor());
  }

  /** What it sends: nothing. */
  MBeanNotificationInfo[] notifications() {
    return new MBeanNotificationInfo[0];
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return text(getMBeanInterface().getAnnotation(Description.class), info.getDescription());
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    Method getter = method((info.isIs() ? "is" : "get") + info.getName(), 0);
    return getter == null
        ? info.getDescription()
        : text(getter.getAnnotation(Description.class), info.getDescription());
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    Method operation = method(info.getName(), info.getSignature().length);
    return operation == null
        ? info.getDescription()
        : text(operation.getAnnotation(Description.class), info.getDescription());
  }

  @Override
  protected String getDescription(MBeanOperationInfo op, MBeanParameterInfo info, int sequence) {
    Parameter parameter = parameter(op, sequence);
    return parameter == null
        ? info.getDescription()
        : text(parameter.getAnnotation(Description.class), info.getDescription());
  }

  @Override
  protected String getParameterName(MBeanOperationInfo op, MBeanParameterInfo info, int sequence) {
    Parameter parameter = parameter(op, sequence);
    return parameter == null ? info.getName() : parameter.getName();
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return MBeanOperationInfo.ACTION;
  }

  private @Nullable Parameter parameter(MBeanOperationInfo operation, int sequence) {
    Method method = method(operation.getName(), operation.getSignature().length);
    return method == null ? null : method.getParameters()[sequence];
  }

  private @Nullable Method method(String name, int parameters) {
    return Arrays.stream(getMBeanInterface().getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
        .findFirst()
        .orElse(null);
  }

  private static String text(@Nullable Description description, String otherwise) {
    return description == null ? otherwise : description.value();
  }
}
