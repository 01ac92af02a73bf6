/** A web application for any Jakarta server, with a data source for each tenant. */
@NullMarked
package com.example.servers;

import org.jspecify.annotations.NullMarked;
