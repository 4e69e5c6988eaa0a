// The draws that the peers in C++ share: xoshiro128**, exponential delays of mean 1.
#pragma once
#include <cmath>
#include <cstdint>

static uint32_t s[4] = {1, 2, 3, 4};
static inline uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }
static inline uint32_t next() {
  uint32_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 9;
  s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 11);
  return result;
}
static inline double exponential() { return -log((next() + 0.5) / 4294967296.0); }
