import { parseSync } from '@swc/core'

type Syntax = { readonly [key: string]: unknown }

/** How swc marks an identifier that the module declares nowhere. */
const GLOBAL = 1
/** What a global may be written after. */
const globalObjects = new Set(['globalThis', 'window', 'self'])
/** Types are gone at run time; these only stand around a value. */
const aroundValues = new Set(['TsAsExpression', 'TsSatisfiesExpression', 'TsConstAssertion', 'TsNonNullExpression'])

/**
 * Every name of the platform that a module may use: `a` a global, `a.b` a member, `part:a` what is taken from `node:part`, `#a` a member
 * of whatever object, `#a()` one that is called.
 */
export function usedNames(source: string, tsx: boolean): Set<string> {
  const names = new Set<string>()
  /** Whole parts of Node by the name that the module gives them. */
  const parts = new Map<string, string>()

  function visit(node: unknown): void {
    if (Array.isArray(node)) for (const one of node) visit(one)
    else if (isSyntax(node)) visitSyntax(node)
  }

  function visitSyntax(node: Syntax): void {
    const { type } = node
    if (typeof type === 'string' && type.startsWith('Ts') && !aroundValues.has(type)) return
    if (type === 'ImportDeclaration') takeImport(node)
    if (type === 'Identifier' && node.ctxt === GLOBAL) names.add(String(node.value))
    if (type === 'MemberExpression') takeMember(node)
    if (type === 'CallExpression') takeCall(node)
    if (type === 'VariableDeclarator') takeDeclarator(node)
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value)
  }

  function takeImport({ source: from, specifiers, typeOnly }: Syntax): void {
    const path = isSyntax(from) ? String(from.value) : ''
    if (typeOnly || !path.startsWith('node:') || !Array.isArray(specifiers)) return
    const part = path.slice('node:'.length)
    for (const specifier of specifiers) {
      const local = nameOf(specifier.local)
      if (specifier.type === 'ImportSpecifier') names.add(`${part}:${nameOf(specifier.imported) ?? local}`)
      else if (local) parts.set(local, part)
    }
  }

  function takeMember({ object, property }: Syntax): void {
    const name = nameOf(property)
    if (name) addMember(nameOf(object) ?? (isSyntax(object) ? nameOf(object.property) : undefined), name)
  }

  /** `const { name } = owner` */
  function takeDeclarator({ id, init }: Syntax): void {
    if (!isSyntax(id) || !Array.isArray(id.properties)) return
    for (const { key } of id.properties) {
      const name = nameOf(key)
      if (name) addMember(nameOf(init), name)
    }
  }

  function addMember(owner: string | undefined, name: string): void {
    names.add(`#${name}`)
    if (!owner) return
    names.add(`${owner}.${name}`)
    if (globalObjects.has(owner)) names.add(name)
    if (parts.has(owner)) names.add(`${parts.get(owner)}:${name}`)
  }

  function takeCall({ callee }: Syntax): void {
    if (!isSyntax(callee)) return
    const member = callee.type === 'OptionalChainingExpression' ? callee.base : callee
    const called = isSyntax(member) ? nameOf(member.property) : undefined
    if (called) names.add(`#${called}()`)
  }

  visit(parseSync(source, { syntax: 'typescript', tsx }).body)
  return names
}

function isSyntax(node: unknown): node is Syntax {
  return typeof node === 'object' && node !== null
}

function nameOf(node: unknown): string | undefined {
  return isSyntax(node) && node.type === 'Identifier' && typeof node.value === 'string' ? node.value : undefined
}
