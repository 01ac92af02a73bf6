/** What the sample applications with many tenants share; they know no agent. */
@NullMarked
package com.example.tenants;

import org.jspecify.annotations.NullMarked;
