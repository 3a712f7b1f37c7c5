package io.github.batchferry.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test class in which ferry runs and says not one word to a GitHub. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface SaysNothing {
    /** Why not. */
    String value();
}
