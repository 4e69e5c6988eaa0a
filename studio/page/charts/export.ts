/** What an SVG takes from the page's style sheet: written into the file, which has none. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
]

/** The picture as a text that stands by itself. */
export function svgText(picture: SVGSVGElement): string {
  const copy = picture.cloneNode(true) as SVGSVGElement
  const before = [picture, ...picture.querySelectorAll<SVGElement>('*')]
  const after = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  before.forEach((element, i) => {
    const style = getComputedStyle(element)
    // Attributes, not a style: the page's policy forbids inline styles.
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name)
      if (value !== '') after[i]!.setAttribute(name, value)
    }
    after[i]!.removeAttribute('class')
  })
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--panel').trim() || '#fff')
  copy.prepend(ground)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.removeAttribute('aria-hidden')
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`
}

export function saveSvg(picture: SVGSVGElement, name: string): void {
  saveText(svgText(picture), `${name}.svg`, 'image/svg+xml')
}

/** At twice the size, for screens and slides. */
export async function savePng(picture: SVGSVGElement, name: string): Promise<void> {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([svgText(picture)], { type: 'image/svg+xml' }))
  try {
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = picture.clientWidth * 2
    canvas.height = picture.clientHeight * 2
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (blob) saveBlob(blob, `${name}.png`)
  } finally {
    URL.revokeObjectURL(address)
  }
}

export function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type }), name)
}

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Rows as CSV by RFC 4180. */
export function csvOf(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'number' && Number.isNaN(value) ? '' : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
