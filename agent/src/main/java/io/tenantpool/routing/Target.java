package io.tenantpool.routing;

/**
 * Where a driver would connect to with a URL and the properties given with it.
 *
 * @param server host and port, or the list of them for a URL with several hosts
 * @param database the database's name; empty when the driver would not name one
 * @param user the user; empty when the driver would not name one
 */
record Target(String server, String database, String user) {}
