import { signal } from '@preact/signals'
import { useMemo, useState } from 'preact/hooks'
import { ARCHETYPES, GENDERS } from '../../../../sim/index.ts'
import { csvOf, saveText } from '../../charts/export.ts'
import { grouped } from '../../charts/format.ts'
import { openPerson } from '../../model/store.ts'
import { useVirtual } from '../../parts/virtual.ts'
import type { PeopleTable } from '../../worker/world/protocol.ts'
import { COLUMNS } from './columns.ts'

const query = signal('')
const order = signal<{ id: string; down: boolean }>({ id: 'surprise', down: true })

/** Positions of those who fit all words, in order. */
function chosen(table: PeopleTable): number[] {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean)
  const found: number[] = []
  for (let i = 0; i < table.size; i++) {
    const text =
      words.length > 0
        ? `${i + 1} ${table.names[i]} ${GENDERS[table.gender[i]!]} ${ARCHETYPES[table.archetype[i]!]} ${table.age[i]}`
            .toLowerCase()
            .split(' ')
        : []
    if (words.every((word) => text.some((part) => part.startsWith(word)))) found.push(i)
  }
  const { id, down } = order.value
  const column = COLUMNS.find((one) => one.id === id)!
  const values = found.map((i) => column.value(table, i))
  const places = found.map((_, at) => at)
  places.sort((a, b) => {
    const [x, y] = [values[a]!, values[b]!]
    const ascending = x < y ? -1 : x > y ? 1 : 0
    return (down ? -ascending : ascending) || found[a]! - found[b]!
  })
  return places.map((at) => found[at]!)
}

export function List({ table, fresh }: { table: PeopleTable; fresh: boolean }) {
  const rows = useMemo(() => chosen(table), [table, query.value, order.value])
  const [active, setActive] = useState(0)
  const list = useVirtual(rows.length, 34)
  // One row can be reached by Tab: the chosen one, or the first that is drawn when that is scrolled away.
  const reached = list.rows.some(({ index }) => index === active) ? active : list.rows[0]?.index
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setActive(next)
    list.scrollTo(next)
  }
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }
  return (
    <div class={`people-list ${fresh ? '' : 'stale'}`} aria-busy={!fresh}>
      <div class="row tools">
        <input
          type="search"
          class="grow"
          placeholder="Search by name, number, gender, archetype or age"
          aria-label="Search people"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value
            setActive(0)
          }}
        />
        <span role="status">
          {grouped(rows.length)} of {grouped(table.size)}
        </span>
        <button
          type="button"
          onClick={() =>
            saveText(
              csvOf(
                COLUMNS.map(({ id }) => id),
                rows.map((i) =>
                  COLUMNS.map((column) => (column.id === 'surprise' ? table.surprise[i]! : column.value(table, i))),
                ),
              ),
              'people.csv',
              'text/csv',
            )
          }
        >
          CSV
        </button>
      </div>
      <div
        class="grid-table"
        role="grid"
        aria-label="People"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={rows.length > 0 ? `row-${active}` : undefined}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.target as Element).tagName === 'BUTTON') return
          const step = steps[event.key]
          if (step !== undefined) move(active + step)
          else if (event.key === 'Home') move(0)
          else if (event.key === 'End') move(rows.length - 1)
          else if (event.key === 'Enter' && rows[active] !== undefined) openPerson(rows[active]! + 1)
          else return
          event.preventDefault()
        }}
      >
        <div class="grid-row head" role="row" aria-rowindex={1}>
          {COLUMNS.map(({ id, name, number, wide, title }) => (
            <div
              role="columnheader"
              key={id}
              class={`cell ${number ? 'num' : ''} ${wide ? 'wide-only' : ''} c-${id}`}
              aria-sort={order.value.id === id ? (order.value.down ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                title={title}
                onClick={() => (order.value = { id, down: order.value.id === id ? !order.value.down : number })}
              >
                {name}
                {order.value.id === id && <span aria-hidden="true">{order.value.down ? ' ↓' : ' ↑'}</span>}
              </button>
            </div>
          ))}
        </div>
        <div class="grid-body" ref={list.scroller} role="presentation">
          <div style={{ height: `${list.total}px` }} role="presentation">
            {list.rows.map(({ index, start }) => {
              const i = rows[index]
              if (i === undefined) return null
              return (
                <div
                  key={i}
                  id={`row-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={index === active}
                  class={`grid-row ${index === active ? 'active' : ''}`}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={() => openPerson(i + 1)}
                >
                  {COLUMNS.map((column) => (
                    <div
                      role="gridcell"
                      key={column.id}
                      class={`cell ${column.number ? 'num' : ''} ${column.wide ? 'wide-only' : ''} c-${column.id}`}
                    >
                      {column.id === 'name' ? (
                        <button type="button" class="name" tabIndex={index === reached ? 0 : -1}>
                          {column.text(table, i)}
                        </button>
                      ) : (
                        column.text(table, i)
                      )}
                    </div>
                  ))}
                </div>
              )
            })}
          </div>
          {rows.length === 0 && <p class="empty">Nobody fits “{query.value}”.</p>}
        </div>
      </div>
    </div>
  )
}
