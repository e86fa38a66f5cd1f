// The site over one register: its pages, connections and routes, ready to serve.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/database.hpp"
#include "web/cubes.hpp"
#include "web/measures.hpp"
#include "web/page.hpp"
#include "web/routes.hpp"
#include "web/sheet_desk.hpp"
#include "web/turns.hpp"
#include "web/word_index.hpp"

namespace austral::web {

struct SiteOptions {
  std::string address = "./austral.db";  ///< of the register
  std::string listen = "127.0.0.1:8080";
  unsigned workers = 0;  ///< 0: as many as there are cores
  std::function<void(const std::string&)> ready;
  bool access_log = true;
  std::string index;          ///< of words; empty: where search::default_index_path says
  std::string map_note;       ///< under every map; empty: the catalogue's words
  bool allow_import = false;  ///< pages on this very machine may write to the register
};

/// What every page is given.
struct Site {
  std::shared_ptr<const Assets> assets;
  std::shared_ptr<const Pages> pages;
  std::shared_ptr<store::Pool> pool;
  std::shared_ptr<Cubes> cubes;
  const Router* router = nullptr;  ///< lives longer than the site; its routes describe the API
  std::shared_ptr<Turns> downloads = std::make_shared<Turns>(4);  ///< of 16 connections
  std::shared_ptr<Turns> checks = std::make_shared<Turns>(4);     ///< files judged at once
  std::shared_ptr<WordIndex> words;
  std::string address = {};   ///< of the register, for what may write to it
  bool allow_import = false;  ///< guard.hpp says to whom
  std::shared_ptr<SheetDesk> sheets = {};
  std::shared_ptr<Turns> sheet_uploads = std::make_shared<Turns>(4);
  std::shared_ptr<Turns> sheet_turns = std::make_shared<Turns>(2);
  std::shared_ptr<Turns> imports = std::make_shared<Turns>(1);
  std::shared_ptr<Measures> measures = std::make_shared<Measures>();
};

/// Adds THE TABLE of pages (site.cpp) to a router.
void add_pages(Router& router, const std::shared_ptr<const Site>& site);
/// Opens the register (bringing schema and links up to date), serves until stopped.
void serve(const SiteOptions& options);

}  // namespace austral::web
