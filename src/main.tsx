import './ui/fonts.ts'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startServices } from './app/services.ts'
import { startTheme } from './ui/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')
startTheme()
await startServices()
createRoot(root).render(<App />)
