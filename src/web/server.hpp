// Listens, reads requests under limits and deadlines, answers through workers; Beast stays inside.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/answer_cache.hpp"
#include "web/http.hpp"

namespace austral::web {

/// How the server behaves; the defaults are those of a site open to everybody.
struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  ///< ADDR:PORT, [IPv6]:PORT or :PORT; port 0 takes any
  unsigned io_threads = 2;
  unsigned workers = 0;           ///< 0: as many as the machine has cores
  std::size_t queue_bound = 256;  ///< requests waiting for a worker before 503
  std::size_t connection_bound = 4096;
  std::size_t header_limit = 16 * 1024;  ///< Units: bytes
  std::chrono::milliseconds header_deadline{15000};
  std::chrono::milliseconds idle_deadline{60000};
  std::chrono::milliseconds stop_deadline{10000};
  bool stop_on_signals = true;
  std::function<void(const std::string&)> ready;     ///< called once with `http://ADDR:PORT`
  std::function<void(std::string_view)> access_log;  ///< one JSON line a request, any thread
};

/// One body on its way in, on workers and never on two at once; nothing of it throws.
class Transfer {
 public:
  virtual ~Transfer() = default;
  virtual void take(std::string_view bytes) = 0;
  virtual Finished finish() = 0;
};

/// What the server asks of the site; all may be called from several threads at once.
struct Service {
  /// An answer at hand, or nothing; between requests of others, so it must not wait.
  std::function<Finished(const Request&)> find;
  /// True: make() it. False: somebody else does, and the call comes when they are done.
  std::function<bool(const Request&, std::function<void()> when_made)> begin;
  std::function<Finished(const Request&)> make;           ///< on a worker; never throws
  std::function<std::size_t(const Request&)> body_limit;  ///< once the header is read; bytes
  /// What takes the request's body while it arrives; nothing where the body is read as a whole.
  std::function<std::unique_ptr<Transfer>(const Request&)> begin_transfer;
  std::function<Finished(const Request&, int status)> refuse;  ///< 400, 408, 413, 431, 503
};

/// One listening server.
class Server {
 public:
  Server(ServerOptions options, Service service);
  ~Server();

  /// Serves until stop() or a signal. Throws: Error::unavailable when the address cannot be taken.
  void run();
  /// Lets running requests end, then makes run() return. From any thread.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace austral::web
