import { meanAndDeviation } from './mean.ts'
import { studentQuantile } from './student.ts'

/**
 * How many observations a mean needs to be known to a half-width, decided from a pilot alone. C. Stein, "A two-sample test
 * for a linear hypothesis whose power is independent of the variance", Ann. Math. Statist. 16 (1945) 243–258: with n from
 * the pilot's deviation, √n (mean − truth) / deviation of the pilot is Student's t with pilot − 1 degrees of freedom, so
 * the interval below covers the truth with exactly its confidence for normal observations. A rule that looks again after
 * every observation and stops at the first narrow interval covers less than it says.
 *
 * @param pilot the first observations, at least 2
 * @param half the half-width wanted, above 0
 */
export function observationsNeeded(pilot: readonly number[], half: number, confidence = 0.95): number {
  const { deviation } = meanAndDeviation(pilot)
  const t = studentQuantile((1 + confidence) / 2, pilot.length - 1)
  const root = (t * deviation) / half
  return Math.max(pilot.length, Math.ceil(root * root))
}

/**
 * The interval that goes with `observationsNeeded`: of the mean of all, by the deviation of the pilot.
 *
 * @param pilot how many of `values`, from the first, were the pilot
 */
export function intervalAfterPilot(
  values: readonly number[],
  pilot: number,
  confidence = 0.95,
): { mean: number; low: number; high: number; n: number } {
  const { mean } = meanAndDeviation(values)
  const { deviation } = meanAndDeviation(values.slice(0, pilot))
  const half = (studentQuantile((1 + confidence) / 2, pilot - 1) * deviation) / Math.sqrt(values.length)
  return { mean, low: mean - half, high: mean + half, n: values.length }
}
