// Puts a statement together piece by piece, its parameters beside it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace austral::registry {

/// Builds a statement and its parameters side by side; `$n` are numbered as they come.
class Statement {
 public:
  Statement& text(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  Statement& value(store::Value value) {
    values_.push_back(value);
    sql_ += "$" + std::to_string(values_.size());
    return *this;
  }
  /// A parameter whose text the statement keeps alive.
  Statement& own(std::string text) {
    kept_.push_back(std::make_unique<std::string>(std::move(text)));
    return value(std::string_view(*kept_.back()));
  }
  const std::string& sql() const { return sql_; }
  const std::vector<store::Value>& values() const { return values_; }

 private:
  std::string sql_;
  std::vector<store::Value> values_;
  std::vector<std::unique_ptr<std::string>> kept_;
};

}  // namespace austral::registry
