import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { compress } from './vite/compress.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const version = process.env.HUIFANG_VERSION ?? 'dev'

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src',
  filename: 'sw.ts',
  injectRegister: null,
  injectManifest: {
    rollupFormat: 'iife',
    globPatterns: ['**/*.{html,js,css}', 'icons/icon.svg'],
    globIgnores: ['sw.*', 'assets/desk-*'],
  },
  manifest: {
    id: '/', start_url: '/', scope: '/', display: 'standalone', lang: 'zh-CN', dir: 'ltr',
    name: '回访', short_name: '回访', description: '客户回访：计划、记录、同步',
    background_color: '#f3f5f4', theme_color: '#f3f5f4', categories: ['business', 'productivity'],
    icons: [
      { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

export default defineConfig({
  plugins: [vue(), pwa, compress()],
  define: { __VERSION__: JSON.stringify(version) },
  resolve: { alias: { '@': here('./src') } },
  worker: { format: 'es' },
  build: {
    target: ['safari15', 'chrome90', 'firefox114'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // One file for the kit: a screen needs most of it, and each file costs a round trip on a slow network.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', test: /[\\/](src[\\/]kit|vant)[\\/]/ }] } } },
  },
  server: { proxy: { '^/(graphql|photos|events)(/|$|\\?)': process.env.HUIFANG_SERVER ?? 'http://127.0.0.1:8080' } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
