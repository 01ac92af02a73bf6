/** A web application that is undeployed; it knows no agent. */
@NullMarked
package com.example.web;

import org.jspecify.annotations.NullMarked;
