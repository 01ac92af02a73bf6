/** A jOOQ application with a pool for each tenant. */
@NullMarked
package com.example.jooq;

import org.jspecify.annotations.NullMarked;
