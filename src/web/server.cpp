// The only file that sees Asio and Beast: one coroutine a connection, a bounded pool of workers.
#include "web/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/beast.hpp>
#include <csignal>
#include <list>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "web/wire.hpp"

namespace austral::web {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = net::ip::tcp;
using Parser = http::request_parser<http::string_body>;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto tupled = net::experimental::as_tuple(net::use_awaitable);

/// The slowest link served: what is bigger gets more time. Units: bytes a second.
constexpr std::size_t slowest_link = 4 * 1024;

/// What is handed on at once of a body that is taken while it arrives. Units: bytes.
constexpr std::size_t upload_block = 256 * 1024;

std::chrono::milliseconds time_for(std::size_t bytes) {
  return 30s + std::chrono::seconds(bytes / slowest_link);
}

struct Address {
  std::string host, port;
};

/// Throws: Error::invalid.
Address read_address(const std::string& listen) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos || colon + 1 == listen.size())
    throw Error(Kind::invalid, "cannot listen on '" + listen +
                                   "': expected ADDRESS:PORT, such as --listen 127.0.0.1:8080");
  auto host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) host = "::";
  return {host, listen.substr(colon + 1)};
}

/// More sockets than the usual soft limit of 1,024; returns how many the process may hold.
std::size_t raise_socket_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 512;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

/// One open socket and whether an answer is being made on it.
struct Connection {
  explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  std::string remote;
  bool busy = false;
};

Request to_request(const Parser& parser, const std::string& remote) {
  const auto& message = parser.get();
  Request request;
  request.remote = remote;
  request.method = std::string(message.method_string());
  for (const auto& field : message)
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  return request;
}

}  // namespace

struct Server::State {
  ServerOptions options;
  Service service;
  net::io_context io;
  std::unique_ptr<net::thread_pool> workers;
  tcp::acceptor acceptor{io};
  net::steady_timer stop_timer{io};
  std::atomic<std::size_t> waiting{0};
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::list<std::shared_ptr<Connection>> connections;

  State(ServerOptions given, Service site) : options(std::move(given)), service(std::move(site)) {
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    workers = std::make_unique<net::thread_pool>(options.workers ? options.workers : cores);
    options.connection_bound = std::min(options.connection_bound, raise_socket_limit() / 2);
  }

  void open();
  void begin_stop();
  void forget(const std::shared_ptr<Connection>& connection);
  net::awaitable<void> accept_all();
  net::awaitable<void> serve(std::shared_ptr<Connection> connection);
  net::awaitable<bool> serve_one(Connection& connection);
  net::awaitable<int> read_body(Connection& connection, Parser& parser, Request& request);
  net::awaitable<int> pass_body(Connection& connection, Parser& parser, const Request& request,
                                Transfer& transfer);
  net::awaitable<void> say_continue(Connection& connection, const Parser& parser);
  net::awaitable<Finished> answer(Connection& connection, const Request& request);
  net::awaitable<bool> reply(Connection&, const Request&, const Finished&, unsigned version,
                             bool keep, Clock::time_point begun);
  net::awaitable<bool> reply_parts(Connection&, const Producer&, bool chunked, std::size_t& bytes);
  net::awaitable<void> close_gently(Connection& connection);

  /// Runs `work` on a worker and resumes the caller on its own strand.
  template <class Work>
  net::awaitable<void> on_worker(Work work) {
    return net::async_initiate<const net::use_awaitable_t<>, void()>(
        [this](auto handler, Work job) {
          auto executor = net::get_associated_executor(handler, io.get_executor());
          auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          auto guard = net::make_work_guard(executor);
          net::post(*workers, [job = std::move(job), kept, executor, guard]() mutable {
            job();
            net::post(executor, [kept]() mutable { std::move (*kept)(); });
          });
        },
        net::use_awaitable, std::move(work));
  }

  /// True at once where nobody makes this answer yet; false when somebody has made it.
  net::awaitable<bool> begin_or_wait(const Request& request) {
    return net::async_initiate<const net::use_awaitable_t<>, void(bool)>(
        [this](auto handler, const Request* asked) {
          auto executor = net::get_associated_executor(handler, io.get_executor());
          auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          auto guard = net::make_work_guard(executor);
          const auto resume = [kept, executor, guard](bool mine) {
            net::post(executor, [kept, mine]() mutable { std::move (*kept)(mine); });
          };
          if (service.begin(*asked, [resume] { resume(false); })) resume(true);
        },
        net::use_awaitable, &request);
  }
};

void Server::State::open() {
  const auto address = read_address(options.listen);
  boost::system::error_code error;
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(
      address.host, address.port, tcp::resolver::passive | tcp::resolver::numeric_service, error);
  const auto refuse = [&](const std::string& why) {
    throw Error(Kind::unavailable, "cannot listen on " + options.listen + ": " + why +
                                       "; try another port, such as --listen 127.0.0.1:8081");
  };
  if (error) refuse(error.message());
  const tcp::endpoint endpoint = *found.begin();
  acceptor.open(endpoint.protocol(), error);
  if (error) refuse(error.message());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  if (endpoint.address().is_v6() && endpoint.address().is_unspecified())
    acceptor.set_option(net::ip::v6_only(false), error);
  acceptor.bind(endpoint, error);
  if (error) refuse(error.message());
  acceptor.listen(net::socket_base::max_listen_connections, error);
  if (error) refuse(error.message());
}

void Server::State::forget(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(mutex);
  connections.remove(connection);
  if (stopping && connections.empty()) net::post(io, [this] { stop_timer.cancel(); });
}

void Server::State::begin_stop() {
  if (stopping.exchange(true)) return;
  acceptor.close();
  const std::lock_guard lock(mutex);
  for (const auto& connection : connections)
    net::post(connection->stream.get_executor(), [connection] {
      if (!connection->busy) connection->stream.cancel();
    });
  if (connections.empty()) return;
  stop_timer.expires_after(options.stop_deadline);
  stop_timer.async_wait([this](boost::system::error_code error) {
    if (!error) io.stop();
  });
}

net::awaitable<void> Server::State::accept_all() {
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(net::make_strand(io), tupled);
    if (stopping) co_return;
    if (error) {
      // Out of sockets, most likely: let some connections end before trying again.
      net::steady_timer pause(io, 100ms);
      co_await pause.async_wait(tupled);
      continue;
    }
    auto connection = std::make_shared<Connection>(std::move(socket));
    {
      const std::lock_guard lock(mutex);
      if (connections.size() >= options.connection_bound) continue;
      connections.push_back(connection);
    }
    net::co_spawn(connection->stream.get_executor(), serve(connection),
                  [this, connection](std::exception_ptr) { forget(connection); });
  }
}

net::awaitable<void> Server::State::serve(std::shared_ptr<Connection> connection) {
  boost::system::error_code ignored;
  auto& socket = connection->stream.socket();
  socket.set_option(tcp::no_delay(true), ignored);
  const auto peer = socket.remote_endpoint(ignored);
  if (!ignored) connection->remote = peer.address().to_string();
  bool first = true;
  while (!stopping) {
    connection->busy = false;
    if (connection->buffer.size() == 0) {
      connection->stream.expires_after(first ? options.header_deadline : options.idle_deadline);
      auto [error, size] =
          co_await connection->stream.async_read_some(connection->buffer.prepare(8192), tupled);
      if (error) co_return;
      connection->buffer.commit(size);
    }
    first = false;
    if (!co_await serve_one(*connection)) break;
  }
  co_await close_gently(*connection);
}

/// Reads one request and answers it; false when the connection is to be closed.
net::awaitable<bool> Server::State::serve_one(Connection& connection) {
  const auto begun = Clock::now();
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options.header_limit));
  parser.body_limit(boost::none);
  connection.stream.expires_after(options.header_deadline);
  auto [error, size] =
      co_await http::async_read_header(connection.stream, connection.buffer, parser, tupled);
  if (error == http::error::end_of_stream || error == beast::error::timeout) co_return false;
  connection.busy = true;
  Request request;
  request.remote = connection.remote;
  if (error) {
    if (error.category() != make_error_code(http::error::bad_method).category()) co_return false;
    const int status = error == http::error::header_limit ? 431 : 400;
    co_return co_await reply(connection, request, service.refuse(request, status), 11, false,
                             begun);
  }
  request = to_request(parser, connection.remote);
  const unsigned version = parser.get().version();
  int refused = 0;
  try {
    read_target(std::string_view(parser.get().target()), request);
    request.language = choose_language(request);
  } catch (const Error&) {
    refused = 400;
  }
  const bool keep = parser.keep_alive();
  std::unique_ptr<Transfer> transfer;
  if (!refused) transfer = service.begin_transfer(request);
  if (transfer)
    refused = co_await pass_body(connection, parser, request, *transfer);
  else if (!refused)
    refused = co_await read_body(connection, parser, request);
  if (refused < 0) co_return false;
  if (refused)
    co_return co_await reply(connection, request, service.refuse(request, refused), version, false,
                             begun);
  Finished finished;
  connection.stream.expires_never();
  if (transfer)
    co_await on_worker([&] { finished = transfer->finish(); });
  else
    finished = co_await answer(connection, request);
  co_return co_await reply(connection, request, finished, version, keep, begun);
}

/// What is kept is answered here; the rest by a worker, once for all who ask for it meanwhile.
net::awaitable<Finished> Server::State::answer(Connection& connection, const Request& request) {
  if (auto kept = service.find(request)) co_return kept;
  connection.stream.expires_never();
  if (waiting < options.queue_bound && !co_await begin_or_wait(request)) {
    if (auto kept = service.find(request)) co_return kept;
  }
  // Asked again, since others may have come while this one waited.
  if (waiting >= options.queue_bound) co_return service.refuse(request, 503);
  Finished made;
  ++waiting;
  co_await on_worker([&] {
    made = service.make(request);
    --waiting;
  });
  co_return made;
}

/// 0 when the body is read, -1 when the peer is gone, else the status to refuse with.
net::awaitable<int> Server::State::read_body(Connection& connection, Parser& parser,
                                             Request& request) {
  const std::size_t limit = service.body_limit(request);
  const auto announced = parser.content_length();
  if (announced && *announced > limit) co_return 413;
  parser.body_limit(limit);
  if (!parser.is_done()) {
    connection.stream.expires_after(time_for(announced ? *announced : limit));
    co_await say_continue(connection, parser);
    auto [error, size] =
        co_await http::async_read(connection.stream, connection.buffer, parser, tupled);
    if (error == http::error::body_limit) co_return 413;
    if (error == beast::error::timeout) co_return 408;
    if (error.category() == make_error_code(http::error::bad_method).category()) co_return 400;
    if (error) co_return -1;
  }
  request.body = std::move(parser.get().body());
  co_return 0;
}

net::awaitable<void> Server::State::say_continue(Connection& connection, const Parser& parser) {
  if (!beast::iequals(parser.get()[http::field::expect], "100-continue")) co_return;
  http::response<http::empty_body> go_on(http::status::continue_, 11);
  co_await http::async_write(connection.stream, go_on, tupled);
}

/// As read_body(), but each part is handed on as it comes. Every second's part has to come in its
/// time, and all of it as fast as over the slowest link.
net::awaitable<int> Server::State::pass_body(Connection& connection, Parser& parser,
                                             const Request& request, Transfer& transfer) {
  const std::size_t limit = service.body_limit(request);
  const auto announced = parser.content_length();
  if (announced && *announced > limit) co_return 413;
  connection.stream.expires_after(30s);
  co_await say_continue(connection, parser);
  http::request_parser<http::buffer_body> parts(std::move(parser));
  parts.body_limit(limit);
  const auto begun = Clock::now();
  std::vector<char> block(upload_block);
  std::size_t received = 0;
  Clock::duration held{};  // by us, while what came before was being taken
  while (!parts.is_done()) {
    auto& body = parts.get().body();
    body.data = block.data();
    body.size = block.size();
    connection.stream.expires_after(30s);
    auto [error, size] =
        co_await http::async_read(connection.stream, connection.buffer, parts, tupled);
    if (error == http::error::need_buffer) error = {};
    if (error == http::error::body_limit) co_return 413;
    if (error == beast::error::timeout) co_return 408;
    if (error.category() == make_error_code(http::error::bad_method).category()) co_return 400;
    if (error) co_return -1;
    const std::string_view bytes(block.data(), block.size() - parts.get().body().size);
    received += bytes.size();
    if (Clock::now() - begun - held > time_for(received)) co_return 408;
    if (bytes.empty()) continue;
    connection.stream.expires_never();
    const auto handed = Clock::now();
    co_await on_worker([&] { transfer.take(bytes); });
    held += Clock::now() - handed;
  }
  co_return 0;
}

net::awaitable<bool> Server::State::reply(Connection& connection, const Request& request,
                                          const Finished& finished, unsigned version, bool keep,
                                          Clock::time_point begun) {
  const auto& response = finished->response;
  const auto bytes = finished->bytes;
  const bool head_only = request.method == "HEAD" || response.status == 304;
  const bool in_parts = response.producer && request.method != "HEAD";
  Framing framing;
  framing.version = version;
  framing.keep = keep && !stopping && !(response.producer && version < 11);
  framing.chunked = in_parts && version >= 11;
  if (!response.producer && response.status != 304 && response.status != 204)
    framing.length = bytes.size();
  const auto head = write_head(
      response, http::obsolete_reason(http::int_to_status(unsigned(response.status))), framing);
  std::size_t sent = head_only ? 0 : bytes.size();
  connection.stream.expires_after(time_for(sent));
  const std::array<net::const_buffer, 2> parts = {
      net::buffer(head), net::const_buffer(bytes.data(), in_parts ? 0 : sent)};
  const auto [error, size] = co_await net::async_write(connection.stream, parts, tupled);
  bool written = !error;
  if (written && in_parts)
    written = co_await reply_parts(connection, response.producer, framing.chunked, sent);
  if (options.access_log)
    options.access_log(write_access_line(request, response.status, sent, begun));
  co_return written&& framing.keep;
}

/// Sends a long answer part by part: flat memory whatever its length.
net::awaitable<bool> Server::State::reply_parts(Connection& connection, const Producer& producer,
                                                bool chunked, std::size_t& bytes) {
  boost::system::error_code error;
  bool more = true;
  while (more) {
    std::string part;
    bool failed = false;
    connection.stream.expires_never();
    co_await on_worker([&] {
      try {
        more = producer(part);
      } catch (...) {
        failed = true;  // the header is gone: only a broken end can tell the reader
      }
    });
    if (failed) co_return false;
    bytes += part.size();
    connection.stream.expires_after(time_for(part.size()));
    if (part.empty()) continue;
    if (chunked) {
      error = std::get<0>(co_await net::async_write(connection.stream,
                                                    http::make_chunk(net::buffer(part)), tupled));
    } else {
      error = std::get<0>(co_await net::async_write(connection.stream, net::buffer(part), tupled));
    }
    if (error) co_return false;
  }
  if (chunked)
    error =
        std::get<0>(co_await net::async_write(connection.stream, http::make_chunk_last(), tupled));
  co_return !error;
}

/// Closes without losing the last answer: a socket closed with unread input would reset it away.
net::awaitable<void> Server::State::close_gently(Connection& connection) {
  boost::system::error_code ignored;
  connection.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  connection.stream.expires_after(2s);
  char rest[8192];
  for (int i = 0; i < 256 && !stopping; ++i) {
    auto [error, size] = co_await connection.stream.async_read_some(net::buffer(rest), tupled);
    if (error) break;
  }
  connection.stream.socket().close(ignored);
}

Server::Server(ServerOptions options, Service service)
    : state_(std::make_unique<State>(std::move(options), std::move(service))) {
  const auto& asked = state_->service;
  AUSTRAL_ASSERT(asked.find && asked.begin && asked.make && asked.body_limit &&
                 asked.begin_transfer && asked.refuse);
}
Server::~Server() = default;

void Server::run() {
  auto& state = *state_;
  state.open();
  net::signal_set signals(state.io);
  if (state.options.stop_on_signals) {
    signals.add(SIGINT);
    signals.add(SIGTERM);
    signals.async_wait([&](boost::system::error_code error, int) {
      if (!error) state.begin_stop();
    });
  }
  net::co_spawn(state.io, state.accept_all(), [&](std::exception_ptr) { signals.cancel(); });
  if (state.options.ready) {
    const auto endpoint = state.acceptor.local_endpoint();
    const auto host = endpoint.address().to_string();
    state.options.ready("http://" + (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
                        std::to_string(endpoint.port()));
  }
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1u, state.options.io_threads); ++i)
    threads.emplace_back([&] { state.io.run(); });
  state.io.run();
  for (auto& thread : threads) thread.join();
  state.workers->join();
}

void Server::stop() {
  net::post(state_->io, [state = state_.get()] { state->begin_stop(); });
}

}  // namespace austral::web
