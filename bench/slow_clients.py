# Holds a thousand half-open connections beside normal requests, and drips bytes until it is closed.
import http.client
import socket
import statistics
import sys
import threading
import time

port = int(sys.argv[1])


def ask(count=200):
    times = []
    for _ in range(count):
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/reports/flows")
        assert connection.getresponse().read()
        connection.close()
        times.append(1000 * (time.monotonic() - begun))
    times.sort()
    return f"p50 {statistics.median(times):.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms"


def drip(name, opening, drop):
    """A byte a second until the server closes."""
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(opening)
    client.settimeout(1)
    begun = time.monotonic()
    while time.monotonic() - begun < 120:
        try:
            client.sendall(drop)
            if client.recv(65536) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    print(f"a byte a second in the {name}: closed after {time.monotonic() - begun:.0f} s")


print(f"new connections one by one, alone: {ask()}")
half = []
for _ in range(1000):
    one = socket.create_connection(("127.0.0.1", port))
    one.sendall(b"GET /reports/flows HTTP/1.1\r\nHost: ")
    half.append(one)
print(f"the same beside {len(half)} half-open connections: {ask()}")
openings = {"header": b"GET / HTTP/1.1\r\n",
            "body": b"POST /initiatives HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n"}
drips = [threading.Thread(target=drip, args=(name, opening, b"x"))
         for name, opening in openings.items()]
for one in drips:
    one.start()
for one in drips:
    one.join()
