package io.tenantpool.it.jmx;

import java.util.logging.LogManager;

/** An application's own log manager, as application servers have one. */
public final class OwnLogManager extends LogManager {}
