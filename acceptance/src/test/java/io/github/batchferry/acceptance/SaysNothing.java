package io.github.batchferry.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test class in which not one request reaches the API of a GitHub that was started for it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface SaysNothing {
    /** Why not. */
    String value();
}
