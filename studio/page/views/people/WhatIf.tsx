import { useState } from 'preact/hooks'
import { Series } from '../../charts/Series.tsx'
import { ask } from '../../engine/world.ts'
import { day, scenario } from '../../model/store.ts'
import type { Alteration, PersonPage } from '../../worker/world/protocol.ts'
import { when } from './when.ts'

const TRAITS = ['sociability', 'selectivity', 'engagement'] as const

/** Another future of one person: a trait is changed from the day that is looked at on. */
export function WhatIf({ page }: { page: PersonPage }) {
  const [trait, setTrait] = useState<(typeof TRAITS)[number]>('sociability')
  const [value, setValue] = useState(0.9)
  const [result, setResult] = useState<Alteration | 'running' | Error | null>(null)
  const { days } = scenario.value
  // At the end of the run there is no future left to change.
  const from = day.value < days ? day.value : 0
  const run = async () => {
    setResult('running')
    try {
      setResult(await ask('alter', { k: page.k, trait, value, day: from }))
    } catch (error) {
      setResult(error as Error)
    }
  }
  const places = Array.from({ length: days }, (_, i) => `day ${i + 1}`)
  return (
    <section class="figure what-if" aria-labelledby="what-if-title">
      <h3 id="what-if-title">What if …</h3>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <label class="inline">
          {page.name}’s{' '}
          <select
            value={trait}
            onChange={(event) => {
              const next = event.currentTarget.value as typeof trait
              setTrait(next)
              setResult(null)
            }}
          >
            {TRAITS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="inline grow">
          were{' '}
          <input
            type="range"
            min={0}
            max={100}
            value={Math.round(value * 100)}
            aria-label={`${trait} instead`}
            aria-valuetext={`${value.toFixed(2)} in place of ${page[trait].toFixed(2)}`}
            style={{ '--fill': `${value * 100}%`, '--default': `${page[trait] * 100}%` }}
            onInput={(event) => setValue(event.currentTarget.valueAsNumber / 100)}
          />{' '}
          <b class="num">{value.toFixed(2)}</b>
        </label>
        <span>
          from day {from + 1} on <small>(the time bar chooses)</small>
        </span>
        <button type="submit" disabled={result === 'running'}>
          {result === 'running' ? 'Living on …' : 'See'}
        </button>
      </form>
      {result instanceof Error && (
        <p class="problem" role="alert">
          {result.message}
        </p>
      )}
      {result && result !== 'running' && !(result instanceof Error) && (
        <div role="status">
          <p class="empty-line" data-first={result.first?.at}>
            {result.first
              ? `First difference: ${when(result.first.at)}, ${result.first.name} (${result.first.k}): a ${result.first.kind} that ${result.first.onlyAfter ? 'was not there before' : 'no longer is'}. Everything before it is as it was.`
              : 'Nothing changes: nobody’s days would have been other.'}
          </p>
          <div class="what-if-charts">
            {result.kinds.map((kind, i) => (
              <div key={kind}>
                <h4>
                  {kind === 'like' ? 'likes sent' : kind === 'match' ? 'matches' : `${kind}s`}{' '}
                  <small>
                    {total(result.was[i]!)} → {total(result.becomes[i]!)}
                  </small>
                </h4>
                <Series
                  name={`${kind}s of ${page.name}, cumulated`}
                  places={places}
                  lines={[
                    { label: 'as it was', tone: 'base', values: cumulated(result.was[i]!) },
                    { label: 'what if', tone: 'now', values: cumulated(result.becomes[i]!) },
                  ]}
                  format={(count) => `${Math.round(count)}`}
                  height={76}
                  mark={result.day}
                />
              </div>
            ))}
          </div>
        </div>
      )}
    </section>
  )
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

function cumulated(values: Float64Array): number[] {
  let sum = 0
  return Array.from(values, (value) => (sum += value))
}
