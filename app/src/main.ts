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
import { lackOf, type Lack } from './shell/able'
import { inTurn } from './shell/inTurn'
import { followTheme } from './shell/theme'
import Unable from './shell/Unable.vue'
import { followLostParts, followUpdates, mustReload } from './shell/update'

const speak = async () => {
  await setLanguage(settings.language)
  document.documentElement.lang = languageTag()
}

/** The day is what most starts show: its part and its rows come while the session is still being looked up. */
async function hasten(engine: Engine): Promise<void> {
  if (!/^\/(today)?$/.test(location.pathname)) return
  void engine.ask('day', {}).catch(() => undefined)
  await inTurn()
  void import('./screens/today/TodayScreen.vue')
}

async function start(): Promise<void> {
  followTheme()
  followLostParts()
  const lack = lackOf(window)
  if (lack) return tell(lack)
  const [engine] = await Promise.all([chooseEngine(mustReload), speak()])
  void hasten(engine)
  watch(() => settings.language, speak)

  try {
    await followSession(engine)
  } catch (e) {
    console.error(e)
    return tell('store')
  }
  const app = createApp(App)
  const router = makeRouter()
  provideEngine(app, engine)
  await inTurn()
  app.use(router).mount('#app')
  void followUpdates(() => router.currentRoute.value.meta.bare === true)
}

/** Says why there is no app, instead of an empty page. */
function tell(lack: Lack): void {
  createApp(Unable, { lack }).mount('#app')
}

void start()
