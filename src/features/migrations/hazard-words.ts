import type { PendingHazard } from './change-groups.ts'

interface HazardWords {
  readonly icon: string
  /** The token of its colour. */
  readonly look: 'loss' | 'lock' | 'warning'
  readonly lead: string
}

const words: Readonly<Record<PendingHazard['code'], HazardWords>> = {
  'loses-data': { icon: 'eraser', look: 'loss', lead: 'Loses data.' },
  irreversible: { icon: 'eraser', look: 'loss', lead: 'Cannot be undone.' },
  'may-fail': { icon: 'triangle-alert', look: 'warning', lead: 'May fail.' },
  'rewrites-table': { icon: 'lock', look: 'lock', lead: 'Rewrites the table.' },
  'scans-under-lock': { icon: 'lock', look: 'lock', lead: 'Blocks reads and writes.' },
  'blocks-writes': { icon: 'lock', look: 'lock', lead: 'Blocks writes.' },
  'blocks-all': { icon: 'lock', look: 'lock', lead: 'Blocks reads and writes.' },
  'breaks-code': { icon: 'triangle-alert', look: 'warning', lead: 'Breaks running code.' },
  'not-transactional': { icon: 'triangle-alert', look: 'warning', lead: 'Not in a transaction.' },
  'needs-superuser': { icon: 'triangle-alert', look: 'warning', lead: 'Needs a superuser.' },
}

/** How a hazard is shown: icon, colour and a first sentence; the way back is named as such. */
export function wordsOf(hazard: PendingHazard): HazardWords {
  const found = words[hazard.code]
  if (hazard.direction === 'up') return found
  return { ...found, lead: `Down ${found.lead.charAt(0).toLowerCase()}${found.lead.slice(1)}` }
}
