type Labelled = { label: string }

/** Every word of what was typed stands somewhere in the label. */
export function fits(label: string, text: string): boolean {
  const small = label.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => small.includes(word))
}

/**
 * The groups of what was found, the likeliest first, for Enter takes the first of all: a group of which a label begins with what was
 * typed (`set` means *Settings*) comes before the others, and that label before the others of its group.
 */
export function inOrder<Entry extends Labelled>(groups: readonly (readonly Entry[])[], text: string): Entry[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return groups.flat()
  const later = ({ label }: Labelled) => (label.toLowerCase().startsWith(wanted) ? 0 : 1)
  return groups
    .map((group) => group.toSorted((left, right) => later(left) - later(right)))
    .sort(([left], [right]) => (left ? later(left) : 1) - (right ? later(right) : 1))
    .flat()
}
