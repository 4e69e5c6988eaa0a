import './style/page.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { startRates } from './engine/rates.ts'
import { meetServer, takeToken } from './live/server.ts'
import { followAddress } from './model/store.ts'
import { followTheme } from './parts/theme.ts'

takeToken()
followTheme()
followAddress()
startRates()
void meetServer()
const root = document.getElementById('app')!
root.replaceChildren()
render(<App />, root)
