/** An application whose tenants are migrated by Liquibase. */
@NullMarked
package com.example.liquibase;

import org.jspecify.annotations.NullMarked;
