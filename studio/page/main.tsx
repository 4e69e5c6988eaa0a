import './style/page.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { crashWorker, startRates } from './engine/rates.ts'
import { meetServer, takeToken } from './live/server.ts'
import { followSource } from './model/opened.ts'
import { followAddress } from './model/store.ts'
import { followTheme } from './parts/theme.ts'

takeToken()
followTheme()
followAddress()
startRates()
followSource()
void meetServer()
// A worker cannot be killed from outside the page: tests ask for it.
addEventListener('mingle-crash', crashWorker)
const root = document.getElementById('app')!
root.replaceChildren()
render(<App />, root)
