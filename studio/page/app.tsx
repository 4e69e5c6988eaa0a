import type { FunctionComponent } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { useEffect } from 'preact/hooks'
import { trouble } from './engine/rates.ts'
import { drawerOpen, Header } from './frame/Header.tsx'
import { OpenedBar } from './frame/OpenedBar.tsx'
import { TimeBar } from './frame/TimeBar.tsx'
import { VIEWS, type View } from './link/link.ts'
import { linkProblems, show, view } from './model/store.ts'
import { Parameters } from './parameters/Parameters.tsx'
import { Stopped } from './parts/Stopped.tsx'
import { Rates } from './views/rates/Rates.tsx'

const NAMES: Readonly<Record<View, string>> = {
  rates: 'Rates',
  distributions: 'Distributions',
  people: 'People',
  map: 'Map',
  network: 'Network',
  goals: 'Goals',
  runs: 'Runs',
}

/** Beside the first view, each is a file of its own, loaded when it is opened. */
const SHOWN: Partial<Readonly<Record<View, FunctionComponent>>> = {
  rates: Rates,
  distributions: lazy(async () => (await import('./views/distributions/Distributions.tsx')).Distributions),
  people: lazy(async () => (await import('./views/people/People.tsx')).People),
  map: lazy(async () => (await import('./views/map/MapView.tsx')).MapView),
  goals: lazy(async () => (await import('./views/goals/GoalsView.tsx')).GoalsView),
  runs: lazy(async () => (await import('./views/runs/RunsView.tsx')).RunsView),
  network: lazy(async () => (await import('./views/network/NetworkView.tsx')).NetworkView),
}

export function App() {
  const Current = SHOWN[view.value] ?? Rates
  useEffect(() => {
    document.title = `${NAMES[view.value]} · Mingle studio`
  }, [view.value])
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        Skip to the charts
      </a>
      <Header />
      <nav class="tabs" aria-label="Views">
        <button
          type="button"
          class="only-narrow"
          aria-expanded={drawerOpen.value}
          aria-controls="parameters"
          onClick={() => (drawerOpen.value = !drawerOpen.value)}
        >
          Parameters
        </button>
        {VIEWS.filter((one) => one in SHOWN).map((one) => (
          <button
            type="button"
            key={one}
            aria-current={view.value === one ? 'page' : undefined}
            onClick={() => {
              show(one)
              drawerOpen.value = false
            }}
          >
            {NAMES[one]}
          </button>
        ))}
      </nav>
      {linkProblems.value.length > 0 && (
        <div class="problem" role="alert">
          The address could not be read in full: {linkProblems.value.join('; ')}. The rest of it is open.
          <button type="button" class="quiet" onClick={() => (linkProblems.value = [])} aria-label="Dismiss">
            ✕
          </button>
        </div>
      )}
      {trouble.value && (
        <div class="problem" role="alert">
          {trouble.value}
          <button type="button" class="quiet" onClick={() => (trouble.value = null)} aria-label="Dismiss">
            ✕
          </button>
        </div>
      )}
      <OpenedBar />
      <div class={`body ${drawerOpen.value ? 'drawer-open' : ''}`}>
        <aside id="parameters">
          <Parameters />
        </aside>
        <main id="main" tabIndex={-1}>
          <Stopped key={view.value}>
            <Suspense
              fallback={
                <p class="empty" role="status">
                  Opening …
                </p>
              }
            >
              <Current />
            </Suspense>
          </Stopped>
        </main>
      </div>
      <TimeBar />
    </>
  )
}
