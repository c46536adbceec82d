// How sure a probability is told, as package forecast of the server has it (forecast/testdata/percent.json): never finer than the
// purchases bear, and never as nothing or certain.

/** From so many purchases on, a probability is told to the percent, below to five. */
const SURE = 8

const grainOf = (bought: number): number => (bought >= SURE ? 1 : 5)

/** What is written before the sign of percent: a number, or `<5` and `>95` at the ends. */
export function percent(p: number, bought: number): string {
  const grain = grainOf(bought)
  const rounded = Math.round((100 * p) / grain) * grain
  if (rounded < grain) return `<${grain}`
  return rounded > 100 - grain ? `>${100 - grain}` : String(rounded)
}

/** The same as a length from 0 to 100; at the ends half a step from them, as what lies beyond is not known. */
export function percentLong(p: number, bought: number): number {
  const grain = grainOf(bought)
  return Math.min(100 - grain / 2, Math.max(grain / 2, Math.round((100 * p) / grain) * grain))
}
