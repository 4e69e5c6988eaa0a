/**
 * The dictionaries' version, an integer. Raised whenever a list, a template or a weight of this folder changes, since
 * that changes what a seed gives.
 */
export const CONTENT_VERSION = 3
