import { CHOSEN, group, LOGIT, leaf, own, POWER, SHARE, SIGMA, SLOPE, SPEED, WAKING_HOURS } from './described.ts'

const norm = (whom: string, value: number) =>
  leaf(
    SPEED,
    value,
    [value / 4, value * 4],
    `Speed with which ${whom} write first: who is expected to begin`,
    'Zhang & Yasseri 2016 by way of 15',
    ['15.men', '4'],
  )

/** Who writes first, and whether anybody does. */
export const OPENING = group('Writing first', {
  medianHours: leaf(
    WAKING_HOURS,
    9,
    [2, 36],
    'Median wait until a man of middling sociability would write first',
    CHOSEN,
    ['4'],
  ),
  sigma: leaf(SIGMA, 1.2, [0, 2], 'How unequal those waits are: their log standard deviation', CHOSEN, ['15', '4']),
  norm: group('Who is expected to begin', {
    woman: norm('women', 0.32),
    man: norm('men', 1),
    nonbinary: norm('nonbinary people', 0.7),
  }),
  sociabilityPower: leaf(POWER, 2.4, [0, 5], 'Power of sociability / 0.5 in the speed of writing first', CHOSEN, [
    '15.same',
    '15.all',
    '4',
  ]),
  chemistry: leaf(POWER, 1, [0, 3], "Log speed of both sides for each unit of the pair's chemistry", CHOSEN, [
    '4',
    '2',
  ]),
  patienceHours: leaf(WAKING_HOURS, 71, [18, 280], 'Wait beyond which nobody writes first', 'chosen for 4', ['4']),
})

/** Whether, when and how long people answer. */
export const REPLY = group('Answering', {
  openerLogit: leaf(LOGIT, 1.5, [-1, 4], 'Log-odds of an answer to the first message', 'chosen for 2', ['2', '3']),
  laterLogit: leaf(LOGIT, 1.55, [0, 3.5], 'Log-odds of an answer to a later message', 'chosen for 17', ['17']),
  sociability: leaf(SLOPE, 3, [0, 8], 'Slope of both by the sociability of who is to answer, about 0.5', CHOSEN, [
    't.sociability',
    '2',
  ]),
  chemistry: leaf(POWER, 1, [0, 3], "Slope of both by the pair's chemistry", CHOSEN, ['17.tail', '2']),
  decay: leaf(SLOPE, 0.015, [0, 0.15], 'Log-odds lost with each message of the thread', CHOSEN, ['17']),
  liveShare: leaf(SHARE, 0.3, [0, 1], 'Share of answers given live, within minutes', CHOSEN, ['16']),
  liveMedianMinutes: leaf(own('minutes', 0.01, 1440, 'log'), 3, [0.75, 12], 'Median delay of live answers', CHOSEN, [
    '16.median',
  ]),
  liveSigma: leaf(own('σ', 0, 3), 1, [0, 2], 'How unequal those delays are: their log standard deviation', CHOSEN, [
    '16',
  ]),
  medianHours: leaf(
    WAKING_HOURS,
    3.2,
    [0.8, 13],
    'Median delay of the other answers at sociability 0.5',
    'chosen for 16',
    ['16.median'],
  ),
  sigma: leaf(
    SIGMA,
    1.5,
    [0, 2.5],
    'How unequal those delays are: their log standard deviation',
    'Stouffer et al. 2006',
    ['16.tail', '16.shape'],
  ),
  followUp: leaf(SHARE, 0.12, [0, 0.6], 'Chance of another message after silence', CHOSEN, ['3', '17']),
  farewell: leaf(SHARE, 0.12, [0, 0.6], 'Chance of a goodbye instead of silence', CHOSEN, ['17']),
  afterDate: leaf(SHARE, 0.5, [0, 1], 'Chance of word after a date', CHOSEN, ['17']),
})
