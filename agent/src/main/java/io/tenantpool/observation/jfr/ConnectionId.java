package io.tenantpool.observation.jfr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;
import jdk.jfr.Relational;

/** Ties the events of one physical connection together, for JDK Mission Control. */
@MetadataDefinition
@Relational
@Name("io.tenantpool.ConnectionId")
@Label("Connection")
@Description("The number of a physical connection, unique among those of its server")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface ConnectionId {}
