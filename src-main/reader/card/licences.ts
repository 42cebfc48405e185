/** The SPDX identifiers of the licences that the Hub of Hugging Face knows by the same names in small letters. */
const spdx = [
  'Apache-2.0',
  'MIT',
  'AFL-3.0',
  'Artistic-2.0',
  'BSL-1.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSD-3-Clause-Clear',
  'CC0-1.0',
  ...['CC-BY', 'CC-BY-SA', 'CC-BY-NC', 'CC-BY-ND', 'CC-BY-NC-SA', 'CC-BY-NC-ND'].flatMap((kind) =>
    ['2.0', '2.5', '3.0', '4.0'].map((version) => `${kind}-${version}`),
  ),
  'CDLA-Sharing-1.0',
  'CDLA-Permissive-1.0',
  'CDLA-Permissive-2.0',
  'WTFPL',
  'ECL-2.0',
  'EPL-1.0',
  'EPL-2.0',
  'etalab-2.0',
  'EUPL-1.1',
  'EUPL-1.2',
  'AGPL-3.0',
  'GFDL-1.3',
  'GPL-2.0',
  'GPL-3.0',
  'LGPL-2.1',
  'LGPL-3.0',
  'ISC',
  'LPPL-1.3c',
  'MS-PL',
  'MPL-2.0',
  'ODC-By-1.0',
  'ODbL-1.0',
  'OFL-1.1',
  'OSL-3.0',
  'PostgreSQL',
  'NCSA',
  'Unlicense',
  'Zlib',
]
const byName = new Map(spdx.map((id) => [id.toLowerCase(), id]))

/** A licence as SPDX writes it, where it has an identifier. */
export const toSpdx = (licence: string): string => byName.get(licence.toLowerCase()) ?? licence

/** The Hub's name of a licence; undefined where it has none. */
export function toHubName(licence: string): string | undefined {
  const name = licence.toLowerCase()
  return byName.has(name) ? name : undefined
}
