// PHOLD on ns-3's PriorityQueueScheduler (Debian: libns3-dev). Same generator and draws.
//   g++ -O2 -std=c++17 -I/usr/include/ns3.37 -o phold-ns3 bench/peers/ns3.cc -lns3-core && ./phold-ns3 N EVENTS
#include "ns3/core-module.h"
#include "draws.h"
#include <chrono>
#include <cstdio>

using namespace ns3;

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
