/** A web application that has its own driver and pools. */
@NullMarked
package com.example.webshop;

import org.jspecify.annotations.NullMarked;
