import { CHOSEN, DAYS, group, leaf, own, SHARE } from './described.ts'

/** How long people stay, pause and leave. Spells are exponential. */
export const LIFECYCLE = group('Staying, pausing, leaving', {
  activeDays: leaf(DAYS, 140, [30, 600], 'Mean length of an active spell', 'chosen for 12', ['12']),
  dormantDays: leaf(DAYS, 10, [3, 40], 'Mean length of a dormant spell', 'chosen for 12', ['12']),
  churnedDays: leaf(DAYS, 300, [80, 1200], 'Mean absence of those who left', 'chosen for 12', ['12']),
  dormantToChurned: leaf(SHARE, 0.058, [0, 0.3], 'Chance that a dormant spell ends in leaving', CHOSEN, ['12']),
  activeToChurned: leaf(SHARE, 0.01, [0, 0.1], 'Chance that an active spell ends in leaving', CHOSEN, ['12']),
  trialShare: leaf(SHARE, 0.58, [0, 1], 'Share of newcomers who only try the site', 'chosen for retention', [
    'r.retention',
  ]),
  trialDays: leaf(DAYS, 3, [1, 12], "Mean length of a newcomer's trial", 'chosen for retention', ['r.retention']),
  coupleLeaves: leaf(
    SHARE,
    0.012,
    [0, 0.2],
    'Chance that a pair whose thread ended after a date leaves together',
    CHOSEN,
    ['12'],
  ),
  coupledPerDay: leaf(
    own('per day', 0, 1),
    0.00005,
    [0, 0.001],
    'Share of the active who leave as a couple in a day, as measured: for the stationary start alone',
    'measured',
    ['12'],
    'drift of 12',
  ),
})
