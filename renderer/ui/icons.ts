/** The icons in use, by name without prefix; filled once before the first paint. */
export interface IconSet {
  icons: Record<string, { body: string }>
}
/** One line of an icon: a tag and what it has of its own. How lines look is the stylesheet's affair (`.icon`). */
export interface IconShape {
  tag: string
  attributes: Record<string, string>
}

const bodies = new Map<string, string>()
const shapes = new Map<string, readonly IconShape[]>()

export const registerIcons = (set: IconSet): void => {
  for (const [name, icon] of Object.entries(set.icons)) bodies.set(`i-lucide-${name}`, icon.body)
}

/** Read once for each icon: to give the text to the browser's own parser costs as much as a small component, every time. */
export const iconShapes = (name: string): readonly IconShape[] => {
  const known = shapes.get(name)
  if (known) return known
  const made = shapesOf(bodies.get(name) ?? '')
  shapes.set(name, made)
  return made
}

/** Lucide draws each icon alike: the same five attributes stand on every shape or on the group around them. */
const alike: Record<string, string> = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
  'stroke-width': '2',
}

/** @param body our own generated text: groups, and shapes that end themselves. */
export const shapesOf = (body: string): IconShape[] =>
  [...body.matchAll(/<(?!g\b|\/)([a-z]+)([^>]*)\/>/g)].map(([, tag = '', text = '']) => ({ tag, attributes: attributesOf(text) }))

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([a-z0-9-]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) => (alike[name] === value ? [] : [[name, value]])),
  )
