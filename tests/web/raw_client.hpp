// A client over a raw socket, for tests of what a server does with each byte.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace austral::web {

/// A client that says exactly what it is told.
class Socket {
 public:
  explicit Socket(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    open_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)), open_(other.open_) {}
  ~Socket() {
    if (fd_ >= 0) close(fd_);
  }
  bool is_open() const { return open_; }
  bool send_text(std::string_view bytes) {
    return send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size());
  }
  /// What arrives until the peer closes, `wait` passes without a byte, or `enough` is in it.
  std::string receive(std::chrono::milliseconds wait = std::chrono::milliseconds(3000),
                      std::string_view enough = "") {
    std::string got;
    char buffer[65536];
    while (enough.empty() || got.find(enough) == std::string::npos) {
      pollfd ready{fd_, POLLIN, 0};
      if (poll(&ready, 1, static_cast<int>(wait.count())) <= 0) return got;
      const auto size = recv(fd_, buffer, sizeof buffer, 0);
      if (size <= 0) {
        closed_ = true;
        return got;
      }
      got.append(buffer, static_cast<std::size_t>(size));
    }
    return got;
  }
  bool closed_by_peer() const { return closed_; }

 private:
  int fd_;
  bool open_ = false, closed_ = false;
};

inline std::string ask(int port, const std::string& head, const std::string& body = "") {
  Socket socket(port);
  socket.send_text(head + "Host: test\r\nConnection: close\r\n\r\n" + body);
  return socket.receive(std::chrono::milliseconds(10000));
}

inline std::string get(int port, const std::string& path, const std::string& headers = "") {
  return ask(port, "GET " + path + " HTTP/1.1\r\n" + headers);
}

inline std::string body_of(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  return at == std::string::npos ? "" : answer.substr(at + 4);
}

inline std::string header_of(const std::string& answer, const std::string& name) {
  const auto at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto from = at + name.size() + 4;
  return answer.substr(from, answer.find("\r\n", from) - from);
}

}  // namespace austral::web
