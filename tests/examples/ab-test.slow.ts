import { expect, it } from 'vitest'
import { compareEffects, countFalseAlarms } from '../../examples/ab-test/ab-test.ts'

it('an A/A test is null in 95% of 200 seeds', () => {
  const alarms = countFalseAlarms(200, 80, 5)
  // 10 are expected; the bounds are those of 99.9% of binomial numbers.
  expect(alarms).toBeGreaterThanOrEqual(1)
  expect(alarms).toBeLessThanOrEqual(21)
}, 300_000)

it('a difference of arms is not the effect of treating everybody', () => {
  const { naive, effect } = compareEffects('ab-2024', 400, 7)
  expect(effect).toBeGreaterThan(0)
  expect(naive.difference).toBeLessThan(effect)
}, 120_000)
