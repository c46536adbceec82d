import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The paths of all files in a folder and the folders in it. */
export const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
