/** A Spring Boot application with pools for its tenants. */
@NullMarked
package com.example.springboot;

import org.jspecify.annotations.NullMarked;
