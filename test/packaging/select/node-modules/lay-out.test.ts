import { posix } from 'node:path'
import { expect, test } from 'vitest'
import {
  type Asked,
  layOut,
  type Placed,
  type Root,
} from '../../../../src/packaging/select/node-modules/lay-out.ts'

const root = (name: string, folder: string, base = ''): Root => ({
  base,
  name,
  folder,
  path: posix.join(base, 'node_modules', name),
})

/** Lays out packages that are folders as `name@version`, with what each asks for. */
function laidOut(graph: Record<string, string[]>, roots: readonly Root[], hoisted: string[] = []) {
  const named = (ids: string[]) => new Map(ids.map((id) => [nameOf(id), id] as const))
  const dependenciesOf: Asked['dependenciesOf'] = (id) => named(graph[id] ?? [])
  return layOut({ roots, dependenciesOf, hoisted: named(hoisted) })
}

function nameOf(id: string): string {
  return id.slice(0, id.lastIndexOf('@'))
}

const pathsOf = (placed: readonly Placed[] = []) => placed.map(({ path }) => path).toSorted()

test('what all agree on is at the top, and another version beside whoever asks for it', () => {
  const graph = { 'a@1': ['x@2', 'y@1'], 'b@1': ['x@1', 'y@1'], 'y@1': ['x@2'] }
  const roots = [root('a', 'a@1'), root('b', 'b@1'), root('x', 'x@1')]
  expect(pathsOf(laidOut(graph, roots))).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/x',
    'node_modules/b',
    'node_modules/x',
    'node_modules/y',
    'node_modules/y/node_modules/x',
  ])
})

test('at the top is what undeclared requires would find, before what comes first', () => {
  const graph = { 'a@1': ['x@1'], 'b@1': ['x@2'] }
  const roots = [root('a', 'a@1'), root('b', 'b@1')]
  const placed = laidOut(graph, roots, ['x@2'])
  expect(placed?.find(({ path }) => path === 'node_modules/x')?.folder).toBe('x@2')
  expect(placed?.find(({ path }) => path === 'node_modules/a/node_modules/x')?.folder).toBe('x@1')
})

test('what code in a folder finds further up is not hidden from it', () => {
  const graph = { 'a@1': ['x@2'] }
  const roots = [root('a', 'a@1', 'functions/api'), root('x', 'x@1')]
  expect(pathsOf(laidOut(graph, roots))).toEqual([
    'functions/api/node_modules/a',
    'functions/api/node_modules/a/node_modules/x',
    'node_modules/x',
  ])
})

/** A generator of numbers that is the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** As Node looks for it. */
function found(placed: ReadonlyMap<string, string>, from: string, name: string): string | undefined {
  for (let at = from; ; at = posix.dirname(at)) {
    const isModules = posix.basename(at) === 'node_modules'
    const here = isModules ? undefined : placed.get(posix.join(at, 'node_modules', name))
    if (here !== undefined || at === '.') return here
  }
}

test('of 1,000 projects with cycles and versions, each package finds the very ones that it is linked to', () => {
  let tangled = 0
  for (let seed = 1; seed <= 1000; seed += 1) {
    const below = numbers(seed)
    const names = ['a', 'b', '@s/c', 'd', 'e', 'f'].slice(0, 2 + below(5))
    const ids = names.flatMap((name) => Array.from({ length: 1 + below(3) }, (_, at) => `${name}@${at}`))
    const pick = (chance: number) => [
      ...new Map(ids.filter(() => below(100) < chance).map((id) => [nameOf(id), id])).values(),
    ]
    const graph = Object.fromEntries(
      ids.map((id) => [id, pick(25).filter((each) => nameOf(each) !== nameOf(id))]),
    )
    const roots = [
      ...pick(50).map((id) => root(nameOf(id), id)),
      ...pick(20).map((id) => root(nameOf(id), id, 'lib')),
    ]
    const placed = laidOut(graph, roots, pick(40))
    if (!placed) {
      tangled += 1
      continue
    }
    const folders = new Map(placed.map(({ path, folder }) => [path, folder]))
    for (const { base, name, folder } of roots) expect(found(folders, base, name)).toBe(folder)
    for (const { path, folder } of placed) {
      for (const id of graph[folder] ?? [])
        expect([seed, path, found(folders, path, nameOf(id))]).toEqual([seed, path, id])
    }
  }
  expect(tangled).toBeLessThan(300)
})
