package com.example.shop;

/** The database answered something that cannot be right. */
final class WrongResultException extends Exception {

  private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }

  static void check(boolean right, String otherwise) throws WrongResultException {
    if (!right) {
      throw new WrongResultException(otherwise);
    }
  }
}
