import type { TemplateFile } from './template-file.ts'

/** The parts of a `package.json` that matter here. */
interface Manifest {
  devDependencies?: Record<string, string>
}

/** The shared `package.json` lists all packages of the SDK, so that each version stands once. */
const ofSdk = /^@aws-sdk\//

/** The files of a template, with a `package.json` that lists only those of the SDK's packages that a file imports. */
export function withoutUnused(files: readonly TemplateFile[]): TemplateFile[] {
  const sources = files.filter(({ to }) => to.endsWith('.ts'))
  const isUsed = (name: string) => sources.some(({ text }) => text.includes(`'${name}'`))
  return files.map((file) => {
    if (file.to !== 'package.json' || !file.isShared) return file
    const manifest = JSON.parse(file.text) as Manifest
    const listed = Object.entries(manifest.devDependencies ?? {})
    const used = listed.filter(([name]) => !ofSdk.test(name) || isUsed(name))
    const kept = { ...manifest, devDependencies: Object.fromEntries(used) }
    return { ...file, text: `${JSON.stringify(kept, null, 2)}\n` }
  })
}

/** The packages for the unit test of a template's function, as npm or pip takes them; none without a test. */
export function testPackages(files: readonly TemplateFile[]): string[] {
  const text = (place: string) => files.find(({ to, isShared }) => to === place && isShared)?.text
  const manifest = JSON.parse(text('package.json') ?? '{}') as Manifest
  return [
    ...Object.entries(manifest.devDependencies ?? {}).map(([name, version]) => `${name}@${version}`),
    ...(text('requirements-dev.txt') ?? '').split('\n').filter((line) => line !== ''),
  ]
}
