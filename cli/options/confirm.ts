import { createInterface } from 'node:readline/promises'
import { MingleError } from '../../sim/kernel/index.ts'

/** Asks a question that is answered by yes or no; no answer is a no. @throws MingleError BAD_INPUT where nobody can answer */
export async function confirmed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new MingleError('BAD_INPUT', 'nobody is there to confirm it; add --yes, or --dry-run to see what would go')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim())
  } finally {
    asking.close()
  }
}
