// Keeps what questions of measurement read and what came of them, for one state of the register.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "measurement/asking.hpp"
#include "store/database.hpp"

namespace austral::web {

/// Many threads at once; one of them reads or measures, the others wait for a while. The facts of a
/// question serve every methodology, side and method; what was not asked for longest goes first.
class Measures {
 public:
  using Answered = std::shared_ptr<const measurement::Answer>;
  using Rules = std::shared_ptr<const measurement::Methodology>;

  /// Units: bytes, roughly, of facts and answers together.
  explicit Measures(std::size_t most = 256 * 1024 * 1024) : most_(most) {}

  /// Throws: Error::unavailable while others measure for long; what measurement::answer() throws.
  Answered answer(store::Database& database, const measurement::Asking& asking, const Rules& rules);
  /// By rules that are only tried: their answer is not kept, the facts are.
  Answered answer_once(store::Database& database, const measurement::Asking& asking,
                       const Rules& rules);

  std::size_t bytes() const;  ///< of what is kept
  std::size_t reads() const;  ///< how often the register's facts were read

 private:
  struct Kept {
    std::string question;
    std::shared_ptr<const measurement::Facts> facts;
    std::list<std::pair<std::string, Answered>> answers;  ///< the newest first
    std::size_t bytes = 0;
  };
  Answered find(const std::string& state, const std::string& question, const std::string& how);
  void keep(Kept& kept, const std::string& how, const Answered& answer);
  /// With the lock held.
  void move_to(const std::string& state);
  void forget();
  Answered make(store::Database& database, const measurement::Asking& asking, const Rules& rules,
                bool keeps);

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::timed_mutex measuring_;
  std::string state_;
  std::list<Kept> kept_;  ///< asked for last first
  std::shared_ptr<const measurement::PriceList> prices_;
  std::size_t reads_ = 0;
};

}  // namespace austral::web
