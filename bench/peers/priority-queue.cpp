// PHOLD on std::priority_queue in a bare loop: (time, sequence) order, no cancel, no API. Same generator and draws.
//   g++ -O2 -o phold-cpp bench/peers/priority-queue.cpp && ./phold-cpp N EVENTS
#include "draws.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

struct Event { double time; uint64_t sequence; uint32_t process; };
struct Later {
  bool operator()(const Event &a, const Event &b) const {
    return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
  }
};

int main(int, char **argv) {
  uint32_t n = atoi(argv[1]), hash = 0;
  long events = atol(argv[2]);
  uint64_t sequence = 0;
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  for (uint32_t i = 0; i < n; i++) queue.push({exponential(), sequence++, i});
  auto start = std::chrono::steady_clock::now();
  for (long i = 0; i < events; i++) {
    Event e = queue.top();
    queue.pop();
    hash = hash * 31 + e.process;
    queue.push({e.time + exponential(), sequence++, (uint32_t)(((uint64_t)next() * n) >> 32)});
  }
  double sec = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  printf("events=%ld sec=%.3f ev/s=%.0f hash=%08x n=%u peer=std::priority_queue\n", events, sec, events / sec, hash, n);
}
