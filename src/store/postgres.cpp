#include "store/engines.hpp"
namespace austral::store { std::unique_ptr<Database> open_postgresql(const std::string&, Access) { throw Error(Kind::unavailable, ""); } }
