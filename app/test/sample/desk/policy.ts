// The rules of the company, and what others would change.

import { refused, type ActsOf, type Facts, type ReadsOf } from './area'

type Acts = 'StartDryRun' | 'AddPolicy' | 'RollBackPolicy'

export function policy({ today }: Facts): { reads: ReadsOf<'PolicyDesk' | 'DryRun'>; acts: ActsOf<Acts> } {
  const versions = [{ version: 1, fromDay: today, body: '{}', createdBy: 'mgr-wu' }]
  const add = (fromDay: string, body: string) => {
    const made = { version: versions.length + 1, fromDay, body, createdBy: 'mgr-wu' }
    versions.unshift(made)
    return { version: made.version, fromDay }
  }
  return {
    reads: {
      PolicyDesk: () => ({ policy: versions[0] as (typeof versions)[number], policies: versions }),
      DryRun: () => { throw refused('NOT_FOUND', 'run') },
    },
    acts: {
      StartDryRun: () => { throw refused('NOT_FOUND', 'run') },
      AddPolicy: ({ fromDay, body }) => ({ addPolicy: add(fromDay, body) }),
      RollBackPolicy: ({ version }) => {
        const old = versions.find(v => v.version === version)
        if (!old) throw refused('NOT_FOUND', 'version')
        return { rollBackPolicy: add(today, old.body) }
      },
    },
  }
}
