/** How connections of the agent log in. */
@org.jspecify.annotations.NullMarked
package io.tenantpool.it.login;
