/**
 * The demo's sample program: a shop system that serves many tenants, each with a database and a
 * user of its own. It is written as such programs are: it opens a connection for each unit of work,
 * or keeps a HikariCP pool for each tenant. It knows nothing of the agent. Keep it so: nothing of
 * {@code io.tenantpool} may be mentioned here.
 */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
