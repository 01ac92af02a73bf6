/** A MyBatis application with MyBatis' own pool for each tenant. */
@NullMarked
package com.example.mybatis;

import org.jspecify.annotations.NullMarked;
