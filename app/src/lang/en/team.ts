import type { Same } from '../types'
import type zh from '../zh/team'

export default {
  title: 'Team',
  count: n => (n === 1 ? '1 person' : `${n} people`),
  offline: 'The team needs a connection',
  offlineNote: 'The team’s phones and their undelivered work are known to the server only. Look again when you are connected. Your own work goes on.',
  nobody: 'You lead nobody yet',
  noDevice: 'Never signed in on a phone',
  nameless: 'A device without a name',
  thisPhone: 'This phone',
  seen: when => `Last contact: ${when}`,
  waiting: n => `${n} not sent yet`,
  missing: n => (n === 1 ? '1 piece of work is missing' : `${n} pieces of work are missing`),
  revoke: 'Revoke',
  revoked: at => `Revoked ${at}; wiped at its next contact`,
  wiped: at => `Revoked, and wiped ${at}`,
  revokeTitle: name => `Revoke a device of ${name}`,
  revokeNote: 'The device is signed out at once. At its next contact it first delivers what was not sent, then wipes itself.',
  why: 'Reason',
  whyExample: 'Such as: the phone is lost',
  whyMissing: 'Please write the reason',
  revokeGo: 'Revoke this device',
  revokedNow: 'Revoked',
} satisfies Same<typeof zh>
