package io.tenantpool.observation;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean whose descriptions come from the {@link Description}s of its interface. */
final class DescribedMBean<T> extends StandardMBean {

  DescribedMBean(T view, Class<T> type) {
    super(view, type, true);
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
