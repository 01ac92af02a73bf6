/** An application whose tenants are migrated by Flyway. */
@NullMarked
package com.example.flyway;

import org.jspecify.annotations.NullMarked;
