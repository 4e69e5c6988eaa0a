import { hostname } from 'node:os'
import { MingleError } from '../../sim/kernel/index.ts'
import type { ClaimClient } from './client.ts'

/** How long a claim holds without being renewed, in ms. */
const HOLDS_MS = 60_000

/**
 * A writer without transactions must be alone on its run: another would take its half-written day for the remains of a
 * dead process. The claim is a row of the ledger, renewed while rows are written, and void when its process is dead.
 */
export class Claim {
  readonly #client: ClaimClient
  readonly #me: string
  #held: number | undefined
  #renewedAt = 0

  constructor(client: ClaimClient) {
    this.#client = client
    this.#me = `${hostname()}/${process.pid}/${Math.round(performance.timeOrigin)}`
  }

  /** @throws MingleError RUN_CLAIMED when a living process writes this run */
  async take(runId: number): Promise<void> {
    await voidClaim(prismaClaims(this.#client), runId, this.#me)
    const { count } = await this.#client.seedRun.updateMany({
      where: { id: runId, OR: [{ claimedBy: null }, { claimedBy: this.#me }] },
      data: { claimedBy: this.#me, claimedUntil: new Date(Date.now() + HOLDS_MS) },
    })
    if (count === 0) throw claimed(String(runId), 'another process')
    this.#held = runId
    this.#renewedAt = Date.now()
  }

  /** Called between batches; touches the database every now and then. */
  async renew(): Promise<void> {
    if (this.#held !== undefined && Date.now() - this.#renewedAt > HOLDS_MS / 4) await this.take(this.#held)
  }

  /** Moves of the cursor count only while the run is ours. */
  proof(runId: number): { claimedBy?: string } {
    return this.#held === runId ? { claimedBy: this.#me } : {}
  }

  async release(): Promise<void> {
    if (this.#held === undefined) return
    const where = { id: this.#held, claimedBy: this.#me }
    this.#held = undefined
    await this.#client.seedRun.updateMany({ where, data: { claimedBy: null, claimedUntil: null } })
  }
}

/** The claims that a ledger records. */
export interface Claims {
  find(runId: number): Promise<readonly { seed: string; claimedBy: string | null; claimedUntil: Date | null }[]>
  /** Clears a claim while this process holds it. @returns whether it did */
  clear(runId: number, claimedBy: string): Promise<boolean>
}

/** Claims through Prisma's typed client. */
export function prismaClaims(client: ClaimClient): Claims {
  return {
    find: (id) => client.seedRun.findMany({ where: { id } }),
    async clear(id, claimedBy) {
      const { count } = await client.seedRun.updateMany({ where: { id, claimedBy }, data: { claimedBy: null } })
      return count > 0
    },
  }
}

/**
 * Clears the claim of a process that is dead. Writers with transactions need no claim of their own: they move the cursor
 * of unclaimed runs alone.
 *
 * @param me the holder whose claim may stay
 * @throws MingleError RUN_CLAIMED when a living process writes this run
 */
export async function voidClaim(claims: Claims, runId: number, me?: string): Promise<void> {
  for (const { seed, claimedBy, claimedUntil } of await claims.find(runId)) {
    if (!claimedBy || claimedBy === me) continue
    if (claimedUntil && claimedUntil.getTime() > Date.now() && !isDead(claimedBy)) throw claimed(seed, claimedBy)
    // Only one of several who find it void gets it.
    if (!(await claims.clear(runId, claimedBy))) throw claimed(seed, 'another process')
  }
}

/** Whether a claim's process ran on this machine and has ended. */
function isDead(claimedBy: string): boolean {
  const [host, pid] = claimedBy.split('/')
  if (host !== hostname()) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH'
  }
}

function claimed(run: string, by: string): MingleError {
  return new MingleError(
    'RUN_CLAIMED',
    `run '${run}' is being written by ${by}; wait for it to end (a claim lapses a minute after its process)`,
  )
}
