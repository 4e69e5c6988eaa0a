import { useAnswer, useWorld } from '../../engine/world.ts'
import { day, person } from '../../model/store.ts'
import { Opening } from '../../parts/Opening.tsx'
import { List } from './List.tsx'
import { Person } from './Person.tsx'

export function People() {
  const state = useWorld()
  const list = useAnswer('people', { day: day.value })
  const ready = list.value !== null
  return (
    <div class="view people-view">
      {person.value === null && (
        <header class="view-head">
          <div>
            <h2>People</h2>
            <p>
              Everybody, with what they did until the day below. Sorted by surprise, those come first whose life is
              least what their traits let expect.
            </p>
          </div>
        </header>
      )}
      {state.key === null && <Opening state={state} what="the people" />}
      {list.failure && (
        <p class="problem" role="alert">
          {list.failure}
        </p>
      )}
      {person.value !== null ? (
        ready || state.key !== null ? (
          <Person k={person.value} />
        ) : null
      ) : (
        ready && <List table={list.value!} fresh={list.fresh} />
      )}
    </div>
  )
}
