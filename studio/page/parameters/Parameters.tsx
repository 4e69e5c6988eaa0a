import { computed, signal } from '@preact/signals'
import { metricNames, PARAMETERS, type Shown } from '../model/parameters.ts'
import { changedPaths } from '../model/store.ts'
import { Fork } from './Fork.tsx'
import { Pinning } from './Pinning.tsx'
import { Presets } from './Presets.tsx'
import { Slider } from './Slider.tsx'

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
  return GROUPS.flatMap((group) => {
    const members = group.members.filter(
      (parameter) =>
        (!onlyChanged.value || changedPaths.value.has(parameter.path)) &&
        words.every((word) => searchable(parameter).includes(word)),
    )
    return members.length > 0 ? [{ ...group, members }] : []
  })
})

export function Parameters() {
  const searching = query.value !== '' || onlyChanged.value
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
          changed <AllChanged />
        </button>
      </div>
      <Pinning />
      <Fork />
      <div class="groups">
        {found.value.map(({ id, kind, name, members }) => {
          const isOpen = searching || open.value.has(id)
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
                  <Changed members={members} />
                </button>
              </h3>
              {isOpen && members.map((parameter) => <Slider key={parameter.path} parameter={parameter} />)}
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

/** How many of a group are changed. */
function Changed({ members }: { members: readonly Shown[] }) {
  const count = members.filter(({ path }) => changedPaths.value.has(path)).length
  if (count === 0) return null
  return (
    <b class="count">
      {count}
      <span class="spoken"> changed</span>
    </b>
  )
}

function AllChanged() {
  const { size } = changedPaths.value
  return size > 0 ? <b>{size}</b> : null
}
