/** Numbers that look random and are the same each time. */
export type Dice = { upTo: (n: number) => number; of: <T>(list: readonly T[]) => T; chance: (share: number) => boolean }

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (n: number) => Math.floor(roll() * n)
  return { upTo, chance: share => roll() < share, of: list => list[upTo(list.length)] as (typeof list)[number] }
}
