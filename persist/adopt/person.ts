/** Somebody whom no run made: the id and what the profile says. */
export interface Adoptable {
  readonly userId: number
  /** A mapping: the person's keys in the site's models, by the rule that such keys follow; numbers that are the id are left out. */
  readonly keys?: Readonly<Record<string, string | number>>
  /** Null where the person has no profile. */
  readonly profile: {
    readonly name: string
    /** `YYYY-MM-DD`; what is not known is empty, a place that is not known NaN. */
    readonly birthdate: string
    readonly gender: string
    /** Separated by commas. */
    readonly seeks: string
    readonly intent: string
    readonly city: string
    readonly state: string
    readonly latitude: number
    readonly longitude: number
  } | null
  /** Names, in the order of their ids. */
  readonly interests: readonly string[]
}

export interface AdoptWish {
  /** Conditions that all hold, such as `city = Austin` or `users.id >= 100`. */
  readonly where: readonly string[]
  /** At most this many, those with the least ids. */
  readonly limit: number
}
