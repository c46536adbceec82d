import 'vant/es/style/base.css'
import './kit/tokens.css'
import './kit/base.css'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { chooseEngine } from './engine/choose'
import type { Engine } from './engine/contract'
import { languageTag, setLanguage } from './lang'
import { makeRouter } from './router'
import { provideEngine } from './screens/engine'
import { followSession } from './screens/session'
import { settings } from './screens/settings'
import { followTheme } from './shell/theme'
import { followLostParts, followUpdates, mustReload } from './shell/update'

const speak = async () => {
  await setLanguage(settings.language)
  document.documentElement.lang = languageTag()
}

/** The day is what most starts show: its part and its rows come while the session is still being looked up. */
function hasten(engine: Engine): void {
  if (!/^\/(today)?$/.test(location.pathname)) return
  void import('./screens/today/TodayScreen.vue')
  void engine.ask('day', {}).catch(() => undefined)
}

async function start(): Promise<void> {
  followTheme()
  followLostParts()
  const [engine] = await Promise.all([chooseEngine(mustReload), speak()])
  hasten(engine)
  watch(() => settings.language, speak)

  await followSession(engine)
  const app = createApp(App)
  const router = makeRouter()
  provideEngine(app, engine)
  app.use(router).mount('#app')
  void followUpdates(() => router.currentRoute.value.meta.bare === true)
}

void start()
