/**
 * Writes dist/sbom.cdx.json: npm's own CycloneDX bill of materials, less the packages that only the development needs. Needs a
 * build, since it keeps the packages that the build's notices name, and those that an installation brings.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledPackages } from './notices.ts'

interface Component {
  'bom-ref': string
  name: string
  version: string
  scope: string
  properties: object[]
}

interface Bill {
  metadata: { component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { name, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string
  dependencies: Record<string, string>
}

// Of esbuild it keeps the program for each system, too.
const installed = (component: string) => component in dependencies || component.startsWith('@esbuild/')
const bundled = bundledPackages(readFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8'))
const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
const bill = JSON.parse(
  execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
) as Bill

// npm takes those that are bundled for packages of the development alone.
bill.components = bill.components.flatMap((each) => {
  if (installed(each.name)) return [each]
  return bundled.has(`${each.name} ${each.version}`) ? [{ ...each, scope: 'required', properties: [] }] : []
})
const own = bill.metadata.component
const kept = new Set([own['bom-ref'], ...bill.components.map((each) => each['bom-ref'])])
bill.dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map((each) => ({ ...each, dependsOn: (each.dependsOn ?? []).filter((ref) => kept.has(ref)) }))
// npm names it by the folder of the checkout.
own.name = name
writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(bill, undefined, 2)}\n`)
