// Reads methodologies from files for the commands of measurement.
#include "cli/measuring.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "store/schema.hpp"

namespace austral::cli {

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Kind::not_found, "cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_methodology_file(const std::string& name) {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

std::shared_ptr<const measurement::Methodology> read_methodology_file(const std::string& path) {
  try {
    return std::make_shared<measurement::Methodology>(
        measurement::read_methodology(read_text(path)));
  } catch (const Error& error) {
    if (error.kind() == Kind::not_found) throw;
    throw Error(Kind::invalid, path + " is no methodology:\n" + error.what());
  }
}

std::vector<measurement::Methodology> list_known_methodologies(const std::string& address) {
  const bool on_server = address.starts_with("postgresql:") || address.starts_with("postgres:");
  if (!on_server && !std::filesystem::exists(address)) return measurement::shipped_methodologies();
  const auto database = store::open_register(address, store::Access::read_only);
  return measurement::list_methodologies(*database);
}

std::shared_ptr<const measurement::Methodology> take_methodology(store::Database& database,
                                                                 const std::string& name) {
  return is_methodology_file(name) ? read_methodology_file(name)
                                   : measurement::get_methodology(database, name);
}

}  // namespace austral::cli
