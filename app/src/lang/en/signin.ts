import type { Same } from '../types'
import type zh from '../zh/signin'

export default {
  title: 'Sign in',
  welcome: 'Sign in to Huifang',
  note: 'Sign in once, then it works without a connection too.',
  again: name => `${name}, please sign in again`,
  againNote: 'Your files are still on this phone. You see them as soon as you sign in.',
  lease: 'This phone has not reached the server for too long. To protect the customers, everything on it is locked.',
  signedOut: 'You have signed out, everything on this phone is locked.',
  waiting: n =>
    `${n === 1 ? '1 piece of work has' : `${n} pieces of work have`} not been delivered yet. They are safe on this phone and go up when there is a connection.`,
  login: 'Login',
  loginMissing: 'Please write your login',
  password: 'Password',
  passwordMissing: 'Please write your password',
  others: 'Logins used on this phone',
  go: 'Sign in',
  wrong: 'Login or password is wrong',
  limited: 'Too many attempts, please try again in a few minutes',
  offline: 'Signing in needs a connection, and there is none now',
  help: 'Forgot the password? Please ask your administrator.',
} satisfies Same<typeof zh>
