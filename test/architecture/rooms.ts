import { type Import, importsOf, sourceFiles, targetOf } from './imports.ts'

interface Room {
  /** Rooms, or single files of one, that it may import. */
  from: readonly string[]
  /** Rooms, or single files of one, that it may import types from. */
  types?: readonly string[]
}

/** Which room of src may import which. */
export const rooms: Record<string, Room> = {
  commands: { from: ['cli', 'workflows', 'ui', 'config', 'errors'] },
  cli: {
    from: [
      'workflows',
      'release',
      'operation',
      'gates',
      'packaging',
      'logs',
      'config',
      'ports',
      'aws',
      'ui',
      'sandbox',
      'iac',
      'processes',
      'folders',
      'errors',
    ],
  },
  // Readers of what infrastructure tools write; they ask nothing of AWS.
  iac: { from: ['function', 'errors'] },
  workflows: {
    from: ['function', 'release', 'operation', 'gates', 'packaging', 'logs', 'ports', 'folders', 'errors'],
    types: ['config', 'iac'],
  },
  // The settings of a function: what each is called, compared by and said as.
  function: { from: ['errors', 'release/values/duration.ts'] },
  release: { from: ['function', 'errors'] },
  // Decisions about a function that runs.
  operation: {
    from: [
      'function',
      'errors',
      'release/values/alarms.ts',
      'release/values/duration.ts',
      'release/values/owner.ts',
      'release/values/record.ts',
      'release/values/version-description.ts',
      'release/decision/traffic-share.ts',
    ],
    types: ['release'],
  },
  gates: {
    from: [
      'errors',
      'release/values/alarms.ts',
      'release/values/duration.ts',
      'release/values/owner.ts',
      'release/values/promoted.ts',
      'release/values/secret-names.ts',
      'release/values/shipped.ts',
    ],
    types: ['release'],
  },
  // Build commands and installers run through the port.
  packaging: { from: ['folders', 'iac', 'errors'], types: ['ports'] },
  logs: { from: ['errors'] },
  config: {
    from: [
      'function',
      'errors',
      'release/values/duration.ts',
      'release/plan/steps.ts',
      'release/values/secret-names.ts',
      'gates/comparison/settings.ts',
      'operation/alarms/kinds.ts',
    ],
    types: ['release'],
  },
  ports: { from: [], types: ['function', 'release', 'logs'] },
  // The ports that it implements speak of release's types.
  aws: { from: ['function', 'ports', 'errors', 'operation/alarms/properties.ts'], types: ['release'] },
  // The words for figures and alarms are the gate's, in a verdict as in the view; those for a change are release's.
  ui: {
    from: [
      'errors',
      'release/values/duration.ts',
      'release/changes/change-words.ts',
      'release/values/promoted.ts',
      'release/values/shipped.ts',
      'gates/comparison/words.ts',
      'gates/alarms/words.ts',
      // Pure: the order of functions is the same in text and in figures.
      'operation',
      // Pure: requests are put together alike in text and in figures.
      'logs',
    ],
    // A result's type is its maker's.
    types: [
      'release',
      'operation',
      'workflows',
      'packaging',
      'iac',
      'aws/answers/tell-calls.ts',
      'sandbox/own/seen-request.ts',
      'sandbox/faults/fault.ts',
    ],
  },
  // A zip's links lead where they lead for either.
  sandbox: {
    from: ['processes', 'folders', 'packaging/unzip/link-place.ts', 'function/values/partition.ts', 'errors'],
  },
  // How programs are walled off and ended, for those that start any.
  processes: { from: [] },
  // How folders are made, for whoever writes.
  folders: { from: [] },
  errors: { from: [] },
}

/** Packages that have an owner, and who owns them. */
export const owners: Record<string, readonly string[]> = {
  '@aws-sdk': ['aws', 'sandbox'],
  '@smithy': ['aws', 'sandbox'],
  ink: ['ui'],
  react: ['ui'],
  archiver: ['packaging'],
  diff: ['packaging'],
  esbuild: ['packaging'],
  ignore: ['packaging'],
  yauzl: ['packaging', 'sandbox'],
  zod: ['config', 'release', 'operation'],
  '@oclif': ['commands', 'cli'],
}

/** Rooms without effects: they import no package that has any and no Node module, except types. */
export const pureRooms = ['function', 'release', 'operation', 'gates']
const purePackages = ['zod']

/** One sentence for each import in `root/src` that goes where it may not. */
export function violations(root: string): string[] {
  return sourceFiles(root, 'src').flatMap((file) =>
    importsOf(root, file).flatMap((found) => {
      const rule = broken(roomOf(file), found, targetOf(root, file, found.specifier))
      return rule ? [`${file} imports ${found.specifier}: ${rule}`] : []
    }),
  )
}

/** `cli` for `src/cli/base.ts`; the file itself where it lies in no room. */
function roomOf(file: string): string {
  return file.split('/')[1] ?? file
}

function broken(room: string, found: Import, target: string | undefined): string | undefined {
  const rule = rooms[room]
  if (!rule) return `${room} is no room of the house`
  if (target === undefined) return brokenPackage(room, found)
  const other = roomOf(target)
  const allowed = [room, ...rule.from, ...(found.kind === 'type' ? (rule.types ?? []) : [])]
  if (allowed.includes(other) || allowed.includes(target.slice('src/'.length))) return undefined
  return rule.types?.includes(other)
    ? `${room} may import only types from ${other}`
    : `${room} may not import ${other}`
}

function brokenPackage(room: string, { specifier, kind }: Import): string | undefined {
  const name = specifier.split('/')[0] ?? specifier
  const owning = owners[name]
  if (owning && !owning.includes(room)) return `${name} belongs to ${owning.join(' and ')}`
  const isPure = kind === 'type' || purePackages.includes(name)
  return pureRooms.includes(room) && !isPure ? `${room} is pure` : undefined
}
