import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { LambdactlError } from '../../../errors/error.ts'
import { firstNames } from '../../../errors/first-few.ts'
import type { OwnModules, WantedPackages } from '../wanted-packages.ts'
import { installCommand } from './install-command.ts'
import { brokenLinks } from './installed.ts'
import type { InstalledPackages } from './installed-packages.ts'
import { type Placed, pathIn } from './lay-out.ts'

const mostNamed = 4

/** @throws LambdactlError PACKAGE_INVALID for a broken link of a package */
export function refuseBroken(own: readonly OwnModules[], { source, extent }: WantedPackages): void {
  for (const { base, folder } of own) {
    const name = brokenLinks(folder).find((each) => extent(pathIn(base, each)) !== undefined)
    if (name === undefined) continue
    const path = pathIn(base, name)
    throw new LambdactlError(
      'PACKAGE_INVALID',
      `The source can't be packaged: the link ${path} leads nowhere (${readlinkSync(join(folder, name))}).`,
      {
        next: [
          `Install the dependencies again: ${installCommand(source)}`,
          `Or exclude it: a line ${path} in .lambdactlignore.`,
        ],
      },
    )
  }
}

/** Names in one sentence the dependencies that the packages need and that are not installed. */
export function notInstalledNotes(
  packages: readonly Placed[],
  installed: InstalledPackages,
  source: string,
): string[] {
  const missing = new Set(
    packages.flatMap(({ path, folder }) =>
      installed.missingIn(folder).map((name) => `${path} imports ${name}`),
    ),
  )
  if (missing.size === 0) return []
  return [`not installed: ${firstNames([...missing], mostNamed)}; ${installCommand(source)} installs it`]
}

/** The error for links that can't be replaced by folders. */
export function tangled(source: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The links in ${join(source, 'node_modules')}, as pnpm makes them, can't be packaged: packages depend on each other in a circle and in several versions, and a package for Lambda has copies instead of links.`,
    {
      next: [
        (config) => `Have the function bundled: bundle: true in ${config.name}.`,
        'Or install without links: pnpm install --config.node-linker=hoisted; with Yarn nodeLinker: node-modules, with npm --install-strategy=hoisted.',
      ],
    },
  )
}
