/**
 * The part of the agent that stands on the boot class loader, where every class of the application
 * can see it: the launcher and the one door between application and agent. It mentions {@code
 * java.base} types only.
 */
package io.tenantpool.bootstrap;
