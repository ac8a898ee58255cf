import { icons, isIconName } from './icons.ts'

interface IconProps {
  /** A lucide name in kebab case; one that is not in `icons` is drawn as an empty square. */
  readonly name: string
  /** In px: 12 in rows, 13–14 in lists, 15 in buttons. */
  readonly size?: number
  readonly className?: string | undefined
  /** Read aloud; without it the icon is decoration. */
  readonly label?: string | undefined
}

export function Icon({ name, size = 14, className, label }: IconProps) {
  const Drawing = icons[isIconName(name) ? name : 'square']
  return label === undefined ? (
    <Drawing size={size} strokeWidth={1.75} className={className} aria-hidden focusable={false} />
  ) : (
    <Drawing size={size} strokeWidth={1.75} className={className} role="img" aria-label={label} />
  )
}
