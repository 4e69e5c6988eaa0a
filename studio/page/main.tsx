import './style/page.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { startRates } from './engine/rates.ts'
import { followAddress } from './model/store.ts'
import { followTheme } from './parts/theme.ts'

followTheme()
followAddress()
startRates()
const root = document.getElementById('app')!
root.replaceChildren()
render(<App />, root)
