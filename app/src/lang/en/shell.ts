import type { Same } from '../types'
import type zh from '../zh/shell'

const pieces = (n: number) => (n === 1 ? '1 piece' : `${n} pieces`)

export default {
  app: 'Huifang',
  nav: 'Main navigation',
  skip: 'Skip to the content',
  today: 'Today',
  plan: 'Plan',
  accounts: 'Accounts',
  team: 'Team',
  me: 'Me',
  home: 'To the first page',
  lost: 'No such page',
  lostNote: 'This page does not exist, or has moved.',
  broken: 'Something went wrong on this page',
  brokenNote: 'All you have written is kept on this phone. Try again, or open the app anew.',
  tryAgain: 'Try again',
  reload: 'Reload',
  newVersion: 'A new version is ready',
  storage: 'This phone has no room left: nothing new can be kept',
  signedOut: 'Your sign-in has ended, please sign in again',
  needsYou: n => `${pieces(n)} of work ${n === 1 ? 'needs' : 'need'} you`,
  kept: n => `${pieces(n)} saved on this phone`,
  sending: n => `Sending ${pieces(n)}`,
  photos: n => (n === 1 ? '1 photo waits' : `${n} photos wait`),
  gateway: 'This network wants you to sign in to it first',
  offline: 'No connection',
  server: 'The server cannot be reached now',
  filling: 'Fetching your accounts onto this phone',
  allSent: 'Everything is on the server',
} satisfies Same<typeof zh>
