import { badInput } from '../../sim/kernel/index.ts'
import { sha256 } from './canonical.ts'

/** Plain data as a file that says by itself whether it is whole. Its keys stay in their order, which the seal knows too. */
export function sealed(content: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ ...content, seal: sealOf(content) }))
}

function sealOf(content: object): string {
  return sha256([new TextEncoder().encode(JSON.stringify(content))])
}

/** What a file holds, and whether it is as it was sealed; null where it is no JSON object. */
export function opened(bytes: Uint8Array): { readonly content: object; readonly isWhole: boolean } | null {
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
  if (found === null || typeof found !== 'object' || Array.isArray(found)) return null
  const { seal, ...content } = found as { seal?: unknown }
  return { content, isWhole: seal === sealOf(content) }
}

/** @param what the file, and where it lies @param remedy what to do, as a sentence's end */
export function broken(what: string, remedy: string) {
  return badInput(`${what} is damaged, or was changed by hand: it is no more as Mingle wrote it; ${remedy}`)
}
