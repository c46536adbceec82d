// A policy as a document: the complete one that is shown, and what was written of it. What nobody wrote keeps the default of
// the server, also when that changes, so only what is edited is written.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type Path = readonly (string | number)[]
type Branch = { [name: string]: Json }

const isBranch = (of: Json | undefined): of is Branch => typeof of === 'object' && of !== null && !Array.isArray(of)

export const parse = (body: string): Branch => {
  const read: Json = JSON.parse(body) as Json
  return isBranch(read) ? read : {}
}

/** What stands at a path; undefined when nothing does. */
export function at(of: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)]
    return isBranch(here) ? here[step] : undefined
  }, of)
}

/** A copy with a value at a path. Undefined takes it away. */
export function put(of: Json | undefined, path: Path, value: Json | undefined): Json {
  const [step, ...rest] = path
  if (step === undefined) return value ?? null
  if (Array.isArray(of)) return of.map((part, i) => (i === Number(step) ? put(part, rest, value) : part))
  const branch = isBranch(of) ? of : {}
  if (rest.length === 0 && value === undefined) return Object.fromEntries(Object.entries(branch).filter(([name]) => name !== String(step)))
  return { ...branch, [step]: rest.length === 0 ? value ?? null : put(branch[step], rest, value) }
}

/** Writes an edit down. A list is written as a whole, as the server reads it. */
export function write(written: Json, shown: Json, path: Path): Json {
  const list = path.findIndex((_, i) => Array.isArray(at(shown, path.slice(0, i))))
  const whole = list < 0 ? path : path.slice(0, list)
  return put(written, whole, at(shown, whole))
}

/** A path as errors of the server name it: cadence.onboarding[0].day. */
export const named = (path: Path): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step), '')

export const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
