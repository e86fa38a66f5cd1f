// Keeps the summary of the newest revision.
#include "web/summaries.hpp"

#include "registry/link_store.hpp"
#include "store/journal.hpp"

namespace austral::web {

std::shared_ptr<const registry::Summary> Summaries::get(store::Database& database) {
  // Asked before the summary is read: a write in between makes the next reader read again.
  const auto revision = store::revision_of(database);
  const bool linked = registry::links_are_current(database);
  std::promise<Kept> promise;
  std::shared_future<Kept> future;
  bool mine = false;
  {
    const std::lock_guard lock(mutex_);
    mine = !kept_.valid() || revision != revision_ || linked != linked_;
    if (mine) {
      kept_ = promise.get_future().share();
      revision_ = revision;
      linked_ = linked;
    }
    future = kept_;
  }
  if (!mine) return future.get();
  try {
    promise.set_value(std::make_shared<const registry::Summary>(registry::summarize(database)));
  } catch (...) {
    promise.set_exception(std::current_exception());
    const std::lock_guard lock(mutex_);
    if (revision_ == revision && linked_ == linked) revision_ = -1;  // the next one tries again
  }
  return future.get();
}

}  // namespace austral::web
