import { signal } from '@preact/signals'
import { ENGINE_VERSION, type Preset, presetText } from '../../../sim/index.ts'
import { saveText } from '../charts/export.ts'
import { PRESETS, readPreset, removePreset, savedPresets, savePreset } from '../model/presets.ts'
import { pin, scenario, setChanges } from '../model/store.ts'
import { Dialog } from '../parts/Dialog.tsx'

const isOpen = signal(false)
const saved = signal<readonly Preset[]>([])
const message = signal('')

function take(preset: Preset): void {
  setChanges(preset.set)
  message.value = `“${preset.name}” is open.`
}

/** The parameters as they are set, as a preset. */
function presetNow(name: string): Preset {
  const count = Object.keys(scenario.peek().changes).length
  return {
    name,
    reason: `Saved from the studio: ${count} parameters changed.`,
    engine: ENGINE_VERSION,
    set: scenario.peek().changes,
  }
}

async function open(event: Event & { currentTarget: HTMLInputElement }): Promise<void> {
  // Kept: an event has no current target any more once something was waited for.
  const input = event.currentTarget
  const file = input.files?.[0]
  if (!file) return
  try {
    take(readPreset(await file.text(), file.name))
  } catch (error) {
    message.value = (error as Error).message
  }
  input.value = ''
}

/** Opens, saves and compares sets of parameters. */
export function Presets() {
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          saved.value = savedPresets()
          message.value = ''
          isOpen.value = true
        }}
      >
        Presets…
      </button>
      {isOpen.value && <PresetDialog />}
    </>
  )
}

function PresetDialog() {
  return (
    <Dialog title="Presets" onClose={() => (isOpen.value = false)}>
      <ul class="presets">
        {[...PRESETS, ...saved.value].map((preset) => (
          <li key={preset.name}>
            <div>
              <b>{preset.name}</b>
              <p>{preset.reason}</p>
            </div>
            <span class="row">
              <button type="button" onClick={() => take(preset)} aria-label={`Open ${preset.name}`}>
                Open
              </button>
              <button
                type="button"
                onClick={() => {
                  pin(preset.set)
                  message.value = `“${preset.name}” is the baseline now: every chart shows it behind the run.`
                }}
                aria-label={`Compare with ${preset.name}`}
              >
                Compare
              </button>
              {saved.value.includes(preset) && (
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Remove ${preset.name}`}
                  onClick={() => (saved.value = removePreset(preset.name))}
                >
                  ✕
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          const given = new FormData(event.currentTarget).get('name')?.toString().trim()
          if (!given) return
          saved.value = savePreset(presetNow(given))
          message.value = `“${given}” is kept in this browser.`
        }}
      >
        <input name="name" aria-label="Name of the preset" placeholder="Name" required />
        <button type="submit">Save these</button>
        <button
          type="button"
          onClick={() => saveText(presetText(presetNow('from-the-studio')), 'mingle-preset.json', 'application/json')}
        >
          Save to a file
        </button>
        <label class="button">
          Open a file
          <input type="file" accept="application/json,.json" class="spoken" onChange={open} />
        </label>
      </form>
      <p role="status">{message.value}</p>
    </Dialog>
  )
}
