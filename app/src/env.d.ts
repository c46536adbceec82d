/// <reference types="vite/client" />

/** The version of the build. */
declare const __VERSION__: string
