/** Statistics that no package has, or that must give the same digits everywhere: pure, for Node and the browser. */
export { type MorrisEffect, morrisEffects, morrisTrajectories, type Trajectory } from './indices/morris.ts'
export { type Index, type SobolIndices, saltelliPoints, sobolIndices } from './indices/saltelli.ts'
export { bcaInterval, percentileInterval, quantile, type Statistic } from './intervals/bootstrap.ts'
export { holm } from './intervals/holm.ts'
export { type Estimate, halfWidth, meanAndDeviation, type Summary, summarize } from './intervals/mean.ts'
export { normalShare } from './intervals/normal.ts'
export { type PairedDifference, pairedDifference, pairsNeeded } from './intervals/paired.ts'
export {
  type ArmDifference,
  addSums,
  type Ratio,
  type RatioSums,
  ratioDifference,
  ratioOf,
} from './intervals/ratio.ts'
export { studentQuantile, studentTails } from './intervals/student.ts'
export { intervalAfterPilot, observationsNeeded } from './intervals/until.ts'
export { latinHypercube } from './points/latin-hypercube.ts'
export { MOST_DIMENSIONS, sobolPoints } from './points/sobol-points.ts'
export { CmaEs, type CmaStart } from './search/cma-es.ts'
export { symmetricEigen } from './search/eigen.ts'
export { inverseOfPositive } from './search/solve.ts'
