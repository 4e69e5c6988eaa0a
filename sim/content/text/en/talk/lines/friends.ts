/** Those of whom one speaks in passing. None is a brother or a sister: not everybody has them. */
// biome-ignore format: dense list
export const FRIENDS: readonly string[] = ['a friend', 'my coworker', 'my best friend', 'my mom', 'an old friend', 'my aunt', 'my neighbor', 'my cousin']
