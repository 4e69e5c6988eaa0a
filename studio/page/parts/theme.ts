import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'
const STORED = 'mingle-theme'
const ORDER: readonly Theme[] = ['system', 'light', 'dark']

function stored(): Theme {
  const found = localStorage.getItem(STORED)
  return ORDER.find((one) => one === found) ?? 'system'
}

export const theme = signal<Theme>(typeof localStorage === 'undefined' ? 'system' : stored())
/** Counts up when colours have changed: what is drawn on a canvas is drawn again. */
export const coloursChanged = signal(0)

export function cycleTheme(): void {
  theme.value = ORDER[(ORDER.indexOf(theme.value) + 1) % ORDER.length]!
  localStorage.setItem(STORED, theme.value)
}

export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && dark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
    coloursChanged.value = coloursChanged.peek() + 1
  }
  dark.addEventListener('change', apply)
  effect(apply)
}
