import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compress } from './vite/compress.ts'
import { offline } from './vite/offline.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** Parts that only desks ask for: they need a connection anyhow, and phones of reps do not keep them. */
const desks = /\/src\/(screens\/(inbox|cases|expert|moves|map|covers|workload|policy)\/|lang\/(zh|en)\/desk\.ts)/

const version = process.env.HUIFANG_VERSION ?? 'dev'

export default defineConfig({
  plugins: [vue(), offline({ worker: 'src/sw.ts', without: /^icons\/.*png$|\.(br|gz)$/, desks }), compress()],
  define: { __VERSION__: JSON.stringify(version) },
  resolve: { alias: { '@': here('./src') } },
  worker: { format: 'es' },
  build: {
    target: ['safari15', 'chrome90', 'firefox114'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // One file for the kit: a screen needs most of it, and each file costs a round trip on a slow network.
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: { groups: [{ name: 'kit', test: /[\\/](src[\\/]kit[\\/](?!desk)|vant[\\/])/ }] } } },
  },
  server: { proxy: { '^/(graphql|photos|events)(/|$|\\?)': process.env.HUIFANG_SERVER ?? 'http://127.0.0.1:8080' } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
