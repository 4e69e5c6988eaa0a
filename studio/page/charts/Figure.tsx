import { type ComponentChildren, createContext } from 'preact'
import { useContext, useRef } from 'preact/hooks'
import { csvOf, savePng, saveSvg, saveText } from './export.ts'
import { rawOf, shownOf, type Table } from './table.ts'

export interface FigureProps {
  readonly title: string
  readonly note?: ComponentChildren
  readonly children: ComponentChildren
  readonly table?: Table
  /** Buttons that save the picture; only where there is one. */
  readonly actions?: boolean
}

/** Whether figures have buttons that save them: in the page, not in a report. */
export const Savable = createContext(true)

/** A chart with its title, what it says, the numbers behind it and its export. */
export function Figure({ title, note, children, table, actions = true }: FigureProps) {
  const savable = useContext(Savable) && (actions || table !== undefined)
  const frame = useRef<HTMLElement>(null)
  const slug = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const picture = () => frame.current?.querySelector('svg')
  return (
    <figure class="figure" ref={frame}>
      <figcaption>
        <h3>{title}</h3>
        {note && <p>{note}</p>}
      </figcaption>
      {children}
      <div class="beneath">
        {table && (
          <details>
            <summary>Numbers</summary>
            <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${title}`}>
              <table>
                <thead>
                  <tr>
                    {table.columns.map((column) => (
                      <th scope="col" key={column}>
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.rows.map((row, i) => (
                    <tr key={i}>
                      {row.map((cell, j) =>
                        j === 0 ? (
                          <th scope="row" key={columnKey(table.columns, j)}>
                            {shownOf(cell)}
                          </th>
                        ) : (
                          <td key={columnKey(table.columns, j)}>{shownOf(cell)}</td>
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        )}
        {savable && (
          <span class="saves">
            {table && (
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  const rows = table.rows.map((row) => row.map(rawOf))
                  saveText(csvOf(table.columns, rows), `${slug}.csv`, 'text/csv')
                }}
                aria-label={`Save the numbers of ${title} as CSV`}
              >
                CSV
              </button>
            )}
            {actions && (
              <>
                <button
                  type="button"
                  class="quiet"
                  onClick={() => picture() && saveSvg(picture()!, slug)}
                  aria-label={`Save ${title} as SVG`}
                >
                  SVG
                </button>
                <button
                  type="button"
                  class="quiet"
                  onClick={() => picture() && void savePng(picture()!, slug)}
                  aria-label={`Save ${title} as PNG`}
                >
                  PNG
                </button>
              </>
            )}
          </span>
        )}
      </div>
    </figure>
  )
}

const columnKey = (columns: readonly string[], at: number) => columns[at] ?? `${at}`
