/** A Spring Boot application with the actuator, which knows no agent. */
@NullMarked
package com.example.actuator;

import org.jspecify.annotations.NullMarked;
