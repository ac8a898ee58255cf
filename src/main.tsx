import './ui/fonts.ts'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startServices } from './app/services.ts'
import { startTheme } from './ui/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')
startTheme()
// Not awaited at the top: what the services load rests on this very module's chunk, which would wait for itself.
void startServices().then(() => createRoot(root).render(<App />))
