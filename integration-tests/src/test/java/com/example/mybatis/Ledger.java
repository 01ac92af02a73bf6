package com.example.mybatis;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The statements of a tenant's ledger. */
public interface Ledger {

  @Insert("INSERT INTO entry (number, account, amount) VALUES (#{number}, #{account}, #{amount})")
  int add(
      @Param("number") int number, @Param("account") String account, @Param("amount") int amount);

  @Update("UPDATE account SET balance = balance + #{amount} WHERE name = #{account}")
  int move(@Param("account") String account, @Param("amount") int amount);

  @Select("SELECT owner || ' ' || name || ' ' || balance FROM account ORDER BY name")
  List<String> balances();

  @Select("SELECT count(*) FROM entry")
  int entries();
}
