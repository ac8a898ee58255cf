import './ui/fonts.ts'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startServices } from './app/services.ts'
import { applyTheme } from './ui/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')
applyTheme()
await startServices()
createRoot(root).render(<App />)
