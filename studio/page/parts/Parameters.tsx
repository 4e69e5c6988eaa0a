import { computed, signal } from '@preact/signals'
import { metricNames, PARAMETERS, type Shown } from '../model/parameters.ts'
import { change, pin, pinned, scenario, setChanges } from '../model/store.ts'
import { Presets } from './Presets.tsx'
import { Slider } from './Slider.tsx'
import { SliderEffect } from './SliderEffect.tsx'

const query = signal('')
const onlyChanged = signal(false)
const open = signal<ReadonlySet<string>>(new Set(['population.archetype', 'population.traits.sociability']))

/** Groups that come first: what most people turn first. */
const FIRST = [
  'population.archetype',
  'population.traits.sociability',
  'population.traits.selectivity',
  'population.traits.engagement',
  'population.gender',
  'policy.like',
  'policy.reply',
  'policy.opening',
]

interface Group {
  readonly id: string
  readonly kind: 'population' | 'policy'
  readonly name: string
  readonly members: readonly Shown[]
}

const GROUPS: readonly Group[] = (() => {
  const groups = new Map<string, Shown[]>()
  for (const parameter of PARAMETERS) {
    groups.set(parameter.group, [...(groups.get(parameter.group) ?? []), parameter])
  }
  const rank = (id: string) => (FIRST.indexOf(id) < 0 ? FIRST.length : FIRST.indexOf(id))
  return [...groups]
    .map(([id, members]) => ({ id, kind: members[0]!.part, name: members[0]!.groupTitle, members }))
    .sort((a, b) => rank(a.id) - rank(b.id))
})()

const texts = new Map(
  PARAMETERS.map((one) => [
    one.path,
    `${one.path} ${one.label} ${one.what} ${one.groupTitle} ${metricNames(one).join(' ')}`.toLowerCase(),
  ]),
)
const searchable = ({ path }: Shown) => texts.get(path)!

const found = computed(() => {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean)
  const { changes } = scenario.value
  return GROUPS.flatMap((group) => {
    const members = group.members.filter(
      (parameter) =>
        (!onlyChanged.value || parameter.path in changes) &&
        words.every((word) => searchable(parameter).includes(word)),
    )
    return members.length > 0 ? [{ ...group, members }] : []
  })
})

export function Parameters() {
  const { changes, forkDay, days } = scenario.value
  const count = Object.keys(changes).length
  const searching = query.value !== '' || onlyChanged.value
  const policies = Object.keys(changes).some((path) => path.startsWith('policy.'))
  return (
    <section class="parameters" aria-labelledby="parameters-title">
      <header class="panel-head">
        <h2 id="parameters-title">Parameters</h2>
        <Presets />
      </header>
      <div class="find">
        <input
          type="search"
          placeholder={`Search ${PARAMETERS.length} parameters`}
          aria-label="Search parameters"
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
        />
        <button
          type="button"
          class="chip"
          aria-pressed={onlyChanged.value}
          onClick={() => (onlyChanged.value = !onlyChanged.value)}
        >
          changed {count > 0 && <b>{count}</b>}
        </button>
      </div>
      <div class="row buttons">
        <button
          type="button"
          onClick={() => pin(changes)}
          disabled={JSON.stringify(changes) === JSON.stringify(pinned.value)}
        >
          Pin as baseline
        </button>
        <button
          type="button"
          onClick={() => setChanges(pinned.value)}
          disabled={JSON.stringify(changes) === JSON.stringify(pinned.value)}
        >
          Back to baseline
        </button>
        <button type="button" onClick={() => setChanges({})} disabled={count === 0}>
          Reset all
        </button>
      </div>
      <div class="fork" data-on={forkDay > 0}>
        <label for="fork-day">Policy changes hold from day</label>
        <input
          id="fork-day"
          type="number"
          class="number"
          min={0}
          max={days - 1}
          value={forkDay}
          onChange={(event) =>
            change({ forkDay: Math.max(0, Math.min(days - 1, Math.round(event.currentTarget.valueAsNumber) || 0)) })
          }
        />
        <p>
          {forkDay === 0
            ? 'Day 0: from the start. A later day forks the run: its past stays as it was.'
            : policies
              ? `Days 0–${forkDay} are the baseline’s own past; the change shows after them.`
              : 'No policy is changed yet, so nothing forks.'}
        </p>
      </div>
      <div class="groups">
        {found.value.map(({ id, kind, name, members }) => {
          const isOpen = searching || open.value.has(id)
          const changed = members.filter(({ path }) => path in changes).length
          return (
            <section key={id} class={`group ${kind}`}>
              <h3>
                <button
                  type="button"
                  aria-expanded={isOpen}
                  onClick={() => {
                    const next = new Set(open.value)
                    if (!next.delete(id)) next.add(id)
                    open.value = next
                  }}
                >
                  <span class="arrow" aria-hidden="true">
                    {isOpen ? '▾' : '▸'}
                  </span>
                  {name}
                  <span
                    class={`kind ${kind}`}
                    title={
                      kind === 'population'
                        ? 'Population: a change makes everybody anew'
                        : 'Policy: may change from a chosen day on'
                    }
                  >
                    {kind === 'population' ? 'restarts' : 'can fork'}
                  </span>
                  {changed > 0 && (
                    <b class="count">
                      {changed}
                      <span class="spoken"> changed</span>
                    </b>
                  )}
                </button>
              </h3>
              {isOpen &&
                members.map((parameter) => (
                  <Slider key={parameter.path} parameter={parameter} effect={<SliderEffect path={parameter.path} />} />
                ))}
            </section>
          )
        })}
        {found.value.length === 0 && (
          <p class="empty">
            {onlyChanged.value && query.value === ''
              ? 'Nothing is changed: these are the defaults.'
              : `No parameter has “${query.value}” in its name.`}
          </p>
        )}
      </div>
    </section>
  )
}
