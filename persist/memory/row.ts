/** A row as the tables in memory hold it, by column. */
export type Row = Readonly<Record<string, string | number | null>>
