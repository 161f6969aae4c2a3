import { join } from 'node:path'
import type { Message } from 'esbuild'
import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import { packageAt } from '../model/package-at.ts'
import type { Built, RunEsbuild } from '../model/run-esbuild.ts'
import { packageName } from '../model/runtime-sdk.ts'
import { readManifest } from '../select/node-modules/manifest.ts'

/** A package that is not installed, and the dependency that imports it and can do without it. */
interface LeftOut {
  readonly name: string
  readonly by: string
}

/**
 * Runs esbuild and leaves out packages that are not installed and that dependencies can do without, such as drivers of
 * other databases. Node runs such code too; loading the handler shows which packages it can't start without.
 */
export function withoutOptional(run: RunEsbuild): RunEsbuild {
  return async (options) => {
    try {
      return await run(options)
    } catch (error) {
      const left = leftOutOf(error, options.absWorkingDir ?? '')
      if (!left) throw error
      const external = [...(options.external ?? []), ...new Set(left.map(({ name }) => name))]
      return said(await run({ ...options, external }), left)
    }
  }
}

/** Undefined if there is any other error. */
function leftOutOf(error: unknown, root: string): LeftOut[] | undefined {
  const cause = error instanceof LambdactlError ? (error.cause as { errors?: Message[] }) : undefined
  const left = (cause?.errors ?? []).map((message) => optionalImport(message, root))
  const found = left.filter((each) => each !== undefined)
  return found.length > 0 && found.length === left.length ? found : undefined
}

function optionalImport({ text, location }: Message, root: string): LeftOut | undefined {
  const [, path] = /^Could not resolve "([^"./#:][^":]*)"/.exec(text) ?? []
  const asker = packageAt(location?.file ?? '')
  if (path === undefined || asker === undefined) return undefined
  const { asksFor, optional, optionalPeers } = readManifest(join(root, asker.folder))
  const name = packageName(path)
  const isNeeded = asksFor.includes(name) && !optional.includes(name) && !optionalPeers.includes(name)
  return isNeeded ? undefined : { name, by: asker.name }
}

const mostNamed = 4

function said(built: Built, left: readonly LeftOut[]): Built {
  const askers = [...new Set(left.map(({ by }) => by))]
  const notes = askers.map((by) => {
    const names = [...new Set(left.filter((each) => each.by === by).map(({ name }) => name))]
    return `${by} imports packages that are not installed and may be optional: ${firstNames(names, mostNamed)}; they are not in the bundle`
  })
  return { ...built, notes }
}
