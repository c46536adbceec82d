import { describe, expect, test } from 'vitest'
import en from '../../src/lang/en/shell'
import zh from '../../src/lang/zh/shell'
import { lackOf, type Lack, type Surroundings } from '../../src/shell/able'

const all: Surroundings = { isSecureContext: true, crypto: { subtle: {} }, indexedDB: {}, Worker: class {} }

describe('what the app cannot do without', () => {
  test.each<[string, Surroundings, Lack | null]>([
    ['everything is there', all, null],
    ['plain http, where a browser has no keys either', { ...all, isSecureContext: false, crypto: {} }, 'https'],
    ['no keys', { ...all, crypto: {} }, 'browser'],
    ['no crypto at all', { ...all, crypto: undefined }, 'browser'],
    ['no store', { ...all, indexedDB: null }, 'browser'],
    ['no worker', { ...all, Worker: undefined }, 'browser'],
    ['too old to know what a secure context is', {}, 'browser'],
  ])('%s', (_, scope, want) => expect(lackOf(scope)).toBe(want))

  test('each lack has a sentence and what to do, in both languages', () => {
    for (const lack of ['https', 'browser', 'store'] as const) {
      for (const words of [zh, en]) {
        expect(words[`unable_${lack}`].length).toBeGreaterThan(5)
        expect(words[`unable_${lack}_do`].length).toBeGreaterThan(20)
      }
    }
  })
})
