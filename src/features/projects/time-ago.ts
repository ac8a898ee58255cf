const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "2 minutes ago", "Yesterday", "13 Jan", for a time in milliseconds since 1970. */
export function timeAgo(time: number, now: number): string {
  const ago = now - time
  if (ago < minute) return 'Just now'
  if (ago < hour) return plural(Math.floor(ago / minute), 'minute')
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (time >= midnight) return plural(Math.floor(ago / hour), 'hour')
  if (time >= midnight - day) return 'Yesterday'
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time)
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`
}
