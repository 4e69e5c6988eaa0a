import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { GENDERS } from '../../../../sim/index.ts'
import { arrowStep } from '../../charts/arrow-step.ts'
import { useWidth } from '../../charts/cursor.ts'
import { saveBlob } from '../../charts/export.ts'
import { grouped } from '../../charts/format.ts'
import { useAnswer, useWorld } from '../../engine/world.ts'
import { day, openPerson } from '../../model/store.ts'
import { Opening } from '../../parts/Opening.tsx'
import { coloursChanged } from '../../parts/theme.ts'
import type { Network } from '../../worker/world/protocol.ts'

const market = signal<number | null>(null)
const TONES = ['--second', '--now', '--third'] as const

export function NetworkView() {
  const state = useWorld()
  const { value, fresh, failure } = useAnswer('network', { day: day.value, market: market.value })
  return (
    <div class="view network-view">
      <header class="view-head">
        <div>
          <h2>Network</h2>
          <p>Who matched whom in one market: its best-connected people. The thicker a line, the more they wrote.</p>
        </div>
        {value && value.markets.length > 1 && (
          <label class="inline">
            market
            <select value={value.market} onChange={(event) => (market.value = Number(event.currentTarget.value))}>
              {value.markets.map(({ id, name, people }) => (
                <option key={id} value={id}>
                  {name} ({grouped(people)})
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {state.key === null && <Opening state={state} what="the matches" />}
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      {value &&
        (value.nodes.length > 0 ? (
          <Drawn network={value} fresh={fresh} />
        ) : (
          <p class="empty">Nobody has matched until day {day.value}.</p>
        ))}
    </div>
  )
}

function Drawn({ network: { nodes, links, left }, fresh }: { network: Network; fresh: boolean }) {
  const [width, attach] = useWidth(900)
  const height = Math.round(Math.min(Math.max(360, width * 0.62), 640))
  const canvas = useRef<HTMLCanvasElement>(null)
  const [picked, setPicked] = useState(-1)
  const [lowX, highX] = [Math.min(...nodes.map(({ x }) => x)), Math.max(...nodes.map(({ x }) => x))]
  const [lowY, highY] = [Math.min(...nodes.map(({ y }) => y)), Math.max(...nodes.map(({ y }) => y))]
  const scale = Math.min((width - 60) / (highX - lowX || 1), (height - 60) / (highY - lowY || 1))
  const at = (i: number): [number, number] => [
    width / 2 + (nodes[i]!.x - (lowX + highX) / 2) * scale,
    height / 2 + (nodes[i]!.y - (lowY + highY) / 2) * scale,
  ]
  const radius = (degree: number) => 3 + Math.sqrt(degree) * Math.min(1.8, width / 500)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const ratio = devicePixelRatio || 1
    canvas.current!.width = width * ratio
    canvas.current!.height = height * ratio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    const near = new Set(picked < 0 ? [] : links.flatMap(({ a, b }) => (a === picked ? [b] : b === picked ? [a] : [])))
    context.strokeStyle = colour('--base')
    for (const { a, b, messages } of links) {
      const own = picked >= 0 && (a === picked || b === picked)
      context.globalAlpha = picked < 0 ? 0.28 : own ? 0.9 : 0.07
      context.lineWidth = 0.7 + Math.min(4, Math.log2(1 + messages) * 0.7)
      const [from, to] = [at(a), at(b)]
      context.beginPath()
      context.moveTo(...from)
      context.lineTo(...to)
      context.stroke()
    }
    nodes.forEach(({ gender, degree, name }, i) => {
      const [x, y] = at(i)
      const r = radius(degree)
      const bright = picked < 0 || i === picked || near.has(i)
      context.globalAlpha = bright ? 1 : 0.25
      context.beginPath()
      // Shape says gender too: circle, square, diamond.
      if (gender === 0) context.arc(x, y, r, 0, 2 * Math.PI)
      else if (gender === 1) context.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76)
      else {
        context.moveTo(x, y - r * 1.2)
        context.lineTo(x + r * 1.2, y)
        context.lineTo(x, y + r * 1.2)
        context.lineTo(x - r * 1.2, y)
        context.closePath()
      }
      context.fillStyle = colour(TONES[gender]!)
      context.fill()
      context.lineWidth = i === picked ? 2.5 : 1.2
      context.strokeStyle = colour(i === picked ? '--ink' : '--panel')
      context.stroke()
      if (i === picked || near.has(i) || (picked < 0 && i < 12)) {
        context.globalAlpha = 1
        context.font = '500 11px Inter, sans-serif'
        context.textAlign = 'center'
        context.lineWidth = 3
        context.strokeStyle = colour('--panel')
        context.strokeText(name, x, y - r - 4)
        context.fillStyle = colour('--ink')
        context.fillText(name, x, y - r - 4)
      }
    })
    context.globalAlpha = 1
  }, [nodes, links, width, height, picked, coloursChanged.value])
  const nearest = (px: number, py: number) => {
    let best = -1
    let least = 22
    for (let i = 0; i < nodes.length; i++) {
      const [x, y] = at(i)
      const distance = Math.hypot(x - px, y - py)
      if (distance < least) {
        least = distance
        best = i
      }
    }
    return best
  }
  // A finger only presses where a mouse moves.
  const point = (event: PointerEvent & { currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect()
    setPicked(nearest(event.clientX - box.left, event.clientY - box.top))
  }
  const node = nodes[picked]
  return (
    <>
      <figure class={`figure ${fresh ? '' : 'stale'}`} aria-busy={!fresh}>
        <div class="row between">
          <p class="legend">
            <span class="key second round">women</span>
            <span class="key now square">men</span>
            <span class="key third diamond">nonbinary</span>
          </p>
          <span>
            {nodes.length} people, {links.length} matches{left > 0 && `; ${grouped(left)} with fewer are not drawn`}
          </span>
          <button
            type="button"
            class="quiet"
            onClick={() => canvas.current?.toBlob((blob) => blob && saveBlob(blob, 'network.png'))}
          >
            PNG
          </button>
        </div>
        <div
          ref={attach}
          class="chart canvas"
          role="group"
          tabIndex={0}
          aria-roledescription="network"
          aria-label={`Network of ${nodes.length} people. Arrow keys go through them, the best-connected first; Enter opens one.`}
          onKeyDown={(event) => {
            const step = arrowStep(event.key)
            if (event.key === 'Enter' && node) openPerson(node.k)
            else if (event.key === 'Escape') setPicked(-1)
            else if (step !== 0) setPicked(Math.max(0, Math.min(nodes.length - 1, picked + step)))
            else return
            event.preventDefault()
          }}
          onPointerMove={point}
          onPointerDown={point}
          onClick={() => node && openPerson(node.k)}
        >
          <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true" />
        </div>
        <p class="map-told" aria-live="polite">
          {node
            ? `${node.name} (${node.k}), ${GENDERS[node.gender]}, ${node.city}: ${node.degree} matches`
            : 'Point at somebody, or go through them by arrow keys.'}
        </p>
      </figure>
      <details class="figure">
        <summary>Numbers</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Table: people with matches">
          <table>
            <thead>
              <tr>
                <th scope="col">person</th>
                <th scope="col">no.</th>
                <th scope="col">gender</th>
                <th scope="col">matches</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map(({ k, name, gender, degree }) => (
                <tr key={k}>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => openPerson(k)}>
                      {name}
                    </button>
                  </th>
                  <td>{k}</td>
                  <td>{GENDERS[gender]}</td>
                  <td>{degree}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
