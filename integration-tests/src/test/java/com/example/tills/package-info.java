/** An application with many tenants that is always at work, and checks all that it reads. */
@NullMarked
package com.example.tills;

import org.jspecify.annotations.NullMarked;
