/** A Spring Boot application whose health endpoint asks its database. */
@NullMarked
package com.example.health;

import org.jspecify.annotations.NullMarked;
