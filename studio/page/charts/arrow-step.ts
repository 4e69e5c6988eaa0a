/** Which way an arrow key goes through a list: 1 on, −1 back, 0 for any other key. */
export function arrowStep(key: string): -1 | 0 | 1 {
  if (key === 'ArrowRight' || key === 'ArrowDown') return 1
  return key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0
}
