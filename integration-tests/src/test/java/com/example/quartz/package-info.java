/** An application with a Quartz scheduler in each tenant's database. */
@NullMarked
package com.example.quartz;

import org.jspecify.annotations.NullMarked;
