// PHOLD on ns-3's PriorityQueueScheduler (Debian: libns3-dev). Same generator and draws.
//   g++ -O2 -std=c++17 -I/usr/include/ns3.37 -o /tmp/ns3phold bench/peers/ns3.cc -lns3-core && /tmp/ns3phold N EVENTS
#include "ns3/core-module.h"
#include <chrono>
#include <cmath>
#include <cstdio>

using namespace ns3;

static uint32_t s[4] = {1, 2, 3, 4};
static inline uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }
static inline uint32_t next() {
  uint32_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 9;
  s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 11);
  return result;
}
static inline double exponential() { return -log((next() + 0.5) / 4294967296.0); }
static Time delay() { return NanoSeconds((int64_t)(exponential() * 1e9)); }

static uint32_t n, hash;
static long left;
static void hop(uint32_t process) {
  hash = hash * 31 + process;
  if (--left <= 0) {
    Simulator::Stop();
    return;
  }
  Time wait = delay();
  Simulator::Schedule(wait, &hop, (uint32_t)(((uint64_t)next() * n) >> 32));
}

int main(int, char **argv) {
  n = atoi(argv[1]);
  long events = left = atol(argv[2]);
  ObjectFactory factory;
  factory.SetTypeId("ns3::PriorityQueueScheduler");
  Simulator::SetScheduler(factory);
  for (uint32_t i = 0; i < n; i++) Simulator::Schedule(delay(), &hop, i);
  auto start = std::chrono::steady_clock::now();
  Simulator::Run();
  double sec = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  printf("events=%ld sec=%.3f ev/s=%.0f hash=%08x n=%u peer=ns-3\n", events, sec, events / sec, hash, n);
}
