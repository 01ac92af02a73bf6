package io.tenantpool.interception;

/**
 * What there is to know of a method before it is instrumented.
 *
 * @param owner internal name of the class that declares it
 * @param hasFrames whether the class file's version has stack map frames
 * @param maxLocals how many local variable slots the method uses
 */
record MethodShape(String owner, boolean hasFrames, int maxLocals) {}
