type Named = { Name: string }

/** How well a name fits what was typed: the very name, the name in other letters, its beginning, or a part of it. */
function rank(name: string, text: string): number {
  if (name === text) return 0
  const [small, wanted] = [name.toLowerCase(), text.toLowerCase()]
  if (small === wanted) return 1
  return small.startsWith(wanted) ? 2 : 3
}

/**
 * The catalogues that a typed name may mean, the likeliest first: Enter takes it. Who types `Vision` means that one, though
 * `Super Vision` comes first in the alphabet.
 */
export function catalogueChoices<Catalogue extends Named>(catalogues: readonly Catalogue[], text: string): Catalogue[] {
  return catalogues
    .filter(({ Name }) => Name.toLowerCase().includes(text.toLowerCase()))
    .sort((left, right) => rank(left.Name, text) - rank(right.Name, text) || left.Name.localeCompare(right.Name))
}
