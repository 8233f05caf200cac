import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const rooms = ['electron', 'renderer', 'shared']
const endings = ['', '.ts', '.vue', '/index.ts']

/** One import statement: a file of ours by its path from the root, or the name of a package. */
export interface Import {
  to: string
  /** It is gone when the program is built. */
  typeOnly: boolean
}
export type ImportGraph = ReadonlyMap<string, readonly Import[]>

/** Imports of each file as they are written. */
export type WrittenImports = ReadonlyMap<string, readonly Import[]>

/** Who imports whom, type imports included. `planted` adds files by path, or replaces them. */
export const importGraph = (written: WrittenImports, planted: Record<string, string> = {}): ImportGraph => {
  const all = new Map([...written, ...Object.entries(planted).map(([file, text]) => [file, importsIn(text)] as const)])
  const resolved = (name: string, from: string): string => {
    const base = pathOf(name, from)
    if (base === null) return name
    return endings.map((ending) => base + ending).find((path) => all.has(path)) ?? base
  }
  return new Map([...all].map(([file, imports]) => [file, imports.map(({ to, typeOnly }) => ({ to: resolved(to, file), typeOnly }))]))
}

/** The imports of every file of the product. */
export const writtenImports = (): WrittenImports => {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|vue)$/.test(file))
      .map((file) => `${room}/${file.replaceAll('\\', '/')}`),
  )
  return new Map(files.map((file) => [file, importsIn(scriptOf(file, readFileSync(join(root, file), 'utf8')))]))
}

const scriptOf = (file: string, text: string): string =>
  file.endsWith('.vue') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n') : text

/** null: the name is a package's. */
const pathOf = (name: string, from: string): string | null => {
  if (name.startsWith('.')) return resolve('/', dirname(from), name).slice(1)
  return /^@(shared|renderer)\//.test(name) ? name.slice(1) : null
}

const importsIn = (text: string): Import[] => {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) found.push({ to: nameOf(node.moduleSpecifier), typeOnly: isTypeImport(node.importClause) })
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      found.push({ to: nameOf(node.moduleSpecifier), typeOnly: node.isTypeOnly })
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
      found.push({ to: nameOf(node.arguments[0]), typeOnly: false })
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      found.push({ to: nameOf(node.argument.literal), typeOnly: true })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest))
  return found
}

const nameOf = (node: ts.Node): string => (ts.isStringLiteralLike(node) ? node.text : '')

/** `import type { … }`, or every name marked as a type. */
const isTypeImport = (clause: ts.ImportClause | undefined): boolean => {
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  const { namedBindings } = clause
  if (clause.name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

/** The shortest way of imports that leads from a file back to itself, for each file that has one. */
export const cyclesIn = (graph: ImportGraph): string[] => {
  const seen = new Set<string>()
  return [...graph.keys()].flatMap((file) => {
    if (seen.has(file)) return []
    const way = wayTo(graph, file, { wanted: file })
    for (const one of way ?? []) seen.add(one)
    return way === null ? [] : [way.join(' → ')]
  })
}

/** The shortest way of imports from a file to another, or to a package; null: there is none. */
export const wayTo = (
  graph: ImportGraph,
  from: string,
  { wanted, values = false }: { wanted: string; values?: boolean },
): string[] | null => {
  const ways: string[][] = [[from]]
  const reached = new Set<string>()
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const { to, typeOnly } of graph.get(way.at(-1) ?? '') ?? []) {
      if (values && typeOnly) continue
      if (to === wanted) return [...way, to]
      if (!reached.has(to)) ways.push([...way, to])
      reached.add(to)
    }
  }
  return null
}
