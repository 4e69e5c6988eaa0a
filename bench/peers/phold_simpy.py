"""PHOLD on SimPy by callbacks: python3 phold_simpy.py N EVENTS (Debian: python3-simpy3)."""
import random
import sys
import time

import simpy

n, events = int(sys.argv[1]), int(sys.argv[2])
env = simpy.Environment()
rng = random.Random(1)
state = [0, 0]


def turn(event):
    state[0] += 1
    state[1] = (state[1] * 31 + event._value) & 0xFFFFFFFF
    env.timeout(rng.expovariate(1), rng.randrange(n)).callbacks.append(turn)


for process in range(n):
    env.timeout(rng.expovariate(1), process).callbacks.append(turn)
start = time.perf_counter()
env.run(until=events / n)
print(f"events={state[0]} sec={time.perf_counter() - start:.3f} hash={state[1]:08x}")
