/** A Hibernate application whose tenants are databases or schemas. */
@NullMarked
package com.example.hibernate;

import org.jspecify.annotations.NullMarked;
