/** A Spring application whose data source is chosen by tenant. */
@NullMarked
package com.example.spring;

import org.jspecify.annotations.NullMarked;
