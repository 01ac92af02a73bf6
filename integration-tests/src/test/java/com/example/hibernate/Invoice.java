package com.example.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** What a customer of the tenant owes. */
@Entity
public class Invoice {

  @Id private int number;
  private String tenant = "";
  private int amount;
  @Version private int version;

  /** For Hibernate. */
  protected Invoice() {}

  public Invoice(int number, String tenant, int amount) {
    this.number = number;
    this.tenant = tenant;
    this.amount = amount;
  }

  public int number() {
    return number;
  }

  public String tenant() {
    return tenant;
  }

  public int version() {
    return version;
  }

  public void pay(int part) {
    amount -= part;
  }
}
