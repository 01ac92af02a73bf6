/** A small Spring application, which is packed into an executable jar and knows no agent. */
@NullMarked
package com.example.boot;

import org.jspecify.annotations.NullMarked;
