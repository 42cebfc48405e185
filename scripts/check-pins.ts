import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What `pins.json` knows of a package that a security release can make unsafe. */
const Pin = z.object({
  name: z.string(),
  /** The newest security release known. */
  security: z.string(),
  released: z.iso.date(),
  /** An older version that is taken nevertheless, since nothing newer can be had; `note` says what makes it safe. */
  accepted: z.string().optional(),
  note: z.string().min(1),
})
const PinList = z.object({ checked: z.iso.date(), pins: z.array(Pin).min(1), notPinned: z.string() })

const Versions = z.record(z.string(), z.string()).default({})
const Package = z.object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions })
const Locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Locked) })

/**
 * Looks whether every package comes from the registry, and with the digest that it must have.
 * @returns a sentence for each that does not
 */
export function checkLock(root: string): string[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return Object.entries(packages).flatMap(([place, { resolved, integrity = '' }]) => {
    // The project itself. Of what comes from the registry npm leaves out the address (.npmrc), which follows from name and version.
    if (place === '') return []
    return [
      ...(/^sha512-[\w+/]{86}==$/.test(integrity) ? [] : [`package-lock.json has no SHA-512 for ${place}.`]),
      ...(resolved === undefined
        ? []
        : [`package-lock.json has ${place} from ${resolved}, which is not the registry.`]),
    ]
  })
}

/**
 * Holds the versions in package.json and package-lock.json against the newest security releases that `scripts/pins.json` knows.
 * @returns a sentence for each package that is older, and for each that has no exact version
 */
export function checkPins(root: string): string[] {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))
  const { pins } = PinList.parse(read('scripts/pins.json'))
  const { dependencies, devDependencies, optionalDependencies } = Package.parse(read('package.json'))
  const wanted: Record<string, string> = { ...dependencies, ...devDependencies, ...optionalDependencies }
  const { packages } = Lock.parse(read('package-lock.json'))

  return pins.flatMap(({ name, security, released, accepted }) =>
    (
      [
        ['package.json', wanted[name]],
        ['package-lock.json', packages[`node_modules/${name}`]?.version],
      ] as const
    ).flatMap(([file, version = 'none']) => {
      if (version === accepted || isAtLeast(version, security)) return []
      return [`${file} has ${name} ${version}; the security release of ${released} is ${security}.`]
    }),
  )
}

/** Compares exact versions, such as 24.22.3; anything else, such as a range, is not at least anything. */
function isAtLeast(version: string, least: string): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return false
  return version.localeCompare(least, 'en', { numeric: true }) >= 0
}
