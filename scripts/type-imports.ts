import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { type ModuleItem, parseSync } from '@swc/core'

/**
 * Whether a module takes nothing but types from another: such an import is gone at run time. Both are paths from the
 * project's root with `/`; a package's target is a path in `node_modules`, a part of Node its name.
 */
export function takesOnlyTypes(folder: string, module: string, target: string): boolean {
  const source = readFileSync(posix.join(folder, module), 'utf8')
  const { body } = parseSync(source, { syntax: 'typescript', tsx: module.endsWith('x') })
  const specifiers = body.flatMap(typeSpecifier).filter((specifier) => leadsTo(specifier, module, target))
  // Every mention of the specifier must be one of these: a dynamic import of it beside them takes values.
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => {
      const mentions = source.split(`'${specifier}'`).length + source.split(`"${specifier}"`).length - 2
      return mentions === specifiers.filter((other) => other === specifier).length
    })
  )
}

function leadsTo(specifier: string, module: string, target: string): boolean {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(module), specifier) === target
  return (
    target.replace(/^node:/, '') === specifier.replace(/^node:/, '') || target.includes(`node_modules/${specifier}`)
  )
}

function typeSpecifier(item: ModuleItem): string[] {
  const declares = item.type === 'ImportDeclaration' || item.type === 'ExportNamedDeclaration'
  return declares && item.typeOnly && item.source ? [item.source.value] : []
}
