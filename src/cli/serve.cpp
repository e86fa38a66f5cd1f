// austral serve: the web pages over a register.
#include <iostream>

#include "cli/commands.hpp"
#include "web/site.hpp"

namespace austral::cli {

std::function<int()> prepare_serve(CLI::App& app) {
  auto options = std::make_shared<web::SiteOptions>();
  add_register_option(app, options->address);
  app.add_option("--listen", options->listen, "Address and port")
      ->capture_default_str()
      ->type_name("ADDR:PORT");
  app.add_option("--index", options->index, "Where the index of words stands")->type_name("PATH");
  app.add_option("--map-note", options->map_note,
                 "Words under every map, on boundaries and names; the catalogue's when not given")
      ->type_name("TEXT");
  app.add_flag("--allow-import", options->allow_import,
               "Lets whoever sits at this machine import sheets on the page /sheet");
  options->ready = [](const std::string& address) {
    std::cerr << "Austral serves " << address << "  (stop with Ctrl-C)\n";
  };
  return [options] {
    web::serve(*options);
    return int(done);
  };
}

}  // namespace austral::cli
