/** What the ledger records of a batch. */
export interface Account {
  readonly rows: number
  readonly contentDigest: string
}
