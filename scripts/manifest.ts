import { Plugin } from '@oclif/core/config'

/** The text of oclif.manifest.json for the commands in dist, the same on every machine: sorted, and without absolute paths. */
export async function manifestText(root: string): Promise<string> {
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  const ids = Object.keys(plugin.manifest.commands).toSorted()
  const commands = Object.fromEntries(ids.map((id) => [id, plugin.manifest.commands[id]]))
  return `${JSON.stringify({ commands, version: plugin.manifest.version }, null, 2)}\n`
}
