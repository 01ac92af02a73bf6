/** An application with Micrometer, which knows no agent. */
@NullMarked
package com.example.metered;

import org.jspecify.annotations.NullMarked;
